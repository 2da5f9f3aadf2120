import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { logLevels } from '#server/platform/log/log.ts';

export const roles = ['web', 'ingest', 'evaluator', 'worker', 'scheduler'] as const;
export type Role = (typeof roles)[number];

/** A setting is wrong; the message lists every problem there is, and never repeats a value (it may be a password). */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const url = (schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });

const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
};

const roleList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(roles, { error: `must be some of ${roles.join(', ')}, separated by commas` })).nonempty());

const origin = url(['http:', 'https:'])
  .refine((text) => !URL.canParse(text) || /^\/?$/.test(new URL(text).pathname + new URL(text).search), {
    error: 'must not have a path: Perennial needs a host (or port) of its own',
  })
  .transform((text) => new URL(text).origin);

/** Every setting, from the environment. An empty value is the same as none. */
const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(4400).describe('Port to listen on; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every network of the machine.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path))
    .describe('Folder of the embedded database, files and keys.'),
  // Not parsed: an address of a unix socket has no host, and URL refuses it.
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be an address that begins with postgres:// or postgresql://')
    .nullable()
    .default(null)
    .describe('A PostgreSQL (15 or newer) of your own, in place of the embedded one.'),
  DATABASE_POOL: wholeNumber(2, 500)
    .default(10)
    .describe('Most database connections for requests and scores; work in the background takes up to 12 more.'),
  PUBLIC_URL: origin
    .nullable()
    .default(null)
    .describe(
      'Where people reach the product, for links in mails and for sign-in; http://localhost:<PORT> unless set.',
    ),
  SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .nullable()
    .default(null)
    .describe(
      'Signs sessions and links; made and kept in DATA_DIR unless set. The same on every machine that serves the product.',
    ),
  SMTP_URL: url(['smtp:', 'smtps:'])
    .nullable()
    .default(null)
    .describe('Mail server, smtps://user:password@host:465; without it no mail is sent and links are printed.'),
  MAIL_FROM: z.string().nullable().default(null).describe('Sender of mails, for example "Perennial <cs@example.com>".'),
  LOG_LEVEL: z
    .enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` })
    .nullable()
    .default(null)
    .describe(`How much is logged: ${logLevels.join(', ')}. Unless set: info, and on a terminal warn.`),
  TRUST_PROXY: wholeNumber(0, 10)
    .default(0)
    .describe('How many proxies of yours stand in front; that many addresses of X-Forwarded-For are believed.'),
  ROLES: roleList.default([...roles]).describe(`Parts that this process runs: ${roles.join(', ')}. All unless set.`),
});

const flags = {
  roles: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The setting that each flag overrides. */
const settingOf = { roles: 'ROLES', port: 'PORT', host: 'HOST', data: 'DATA_DIR' } as const;

export interface Env {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** null: the embedded database. */
  databaseUrl: string | null;
  databasePool: number;
  /** Origin without a closing slash; null: http://localhost and the port that is really listened on. */
  publicUrl: string | null;
  /** null: see `keptSecret`. */
  secret: string | null;
  /** null: no mail is sent. */
  mail: { smtpUrl: string; from: string } | null;
  /** null: info, and warn where a person looks on */
  logLevel: (typeof logLevels)[number] | null;
  trustProxy: number;
  roles: readonly Role[];
  /** --demo: load the demo workspace without a question. */
  demo: boolean;
  /** --help: print `settingsHelp` and end. */
  help: boolean;
}

/** Reads flags (which win) and environment. Throws SettingsError that lists all problems. */
export function readEnv(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Env {
  const problems: string[] = [];
  const given = readFlags(argv, problems);
  const values: Record<string, string> = {};
  for (const name of Object.keys(settings.shape)) if (environment[name]) values[name] = environment[name];
  for (const [flag, name] of Object.entries(settingOf)) {
    const value = given[flag as keyof typeof settingOf];
    if (value !== undefined) values[name] = value;
  }
  const parsed = settings.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) problems.push(`${String(issue.path[0])} ${issue.message}.`);
  if (values.SMTP_URL && !values.MAIL_FROM) problems.push('MAIL_FROM is needed with SMTP_URL.');
  if (!parsed.success || problems.length > 0) {
    throw new SettingsError(`These settings are wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
  const s = parsed.data;
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    databasePool: s.DATABASE_POOL,
    publicUrl: s.PUBLIC_URL,
    secret: s.SECRET,
    mail: s.SMTP_URL && s.MAIL_FROM ? { smtpUrl: s.SMTP_URL, from: s.MAIL_FROM } : null,
    logLevel: s.LOG_LEVEL,
    trustProxy: s.TRUST_PROXY,
    roles: s.ROLES,
    demo: given.demo,
    help: given.help,
  };
}

function readFlags(argv: readonly string[], problems: string[]) {
  try {
    return parseArgs({ args: [...argv], options: flags }).values;
  } catch (error) {
    problems.push((error as Error).message);
    return { demo: false, help: false };
  }
}

/** The settings and flags as text for --help. */
export function settingsHelp(): string {
  const rows = Object.entries(settings.shape).map(([name, schema]) => `  ${name.padEnd(14)} ${schema.description}`);
  return [
    'npm start -- [--port=4400] [--host=127.0.0.1] [--data=./data] [--roles=web,ingest,…] [--demo]',
    '',
    'Settings, from the environment:',
    ...rows,
  ].join('\n');
}

/** The secret kept in the data folder, made the first time; for when SECRET is not set. Throws SettingsError. */
export function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(path)) {
      writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
      keepFirst(draft, path);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingsError(
      `The data folder ${dataDir} cannot be written (${code}). ` +
        'Give this user the right to write there, or name another folder with DATA_DIR or --data.',
      { cause: error },
    );
  }
}

/** Two that start at once must agree: a link, unlike a rename, never replaces the first one's file. */
function keepFirst(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** Brings the parts up in order and down again in the opposite one. */
import { join } from 'node:path';
import { createApp, seeders } from '#server/app.ts';
import { type Env, keptSecret, readEnv, SettingsError, settingsHelp } from '#server/env.ts';
import { greet } from '#server/first-start.ts';
import { ListenError, type Listening, listen } from '#server/listen.ts';
import { runLoops } from '#server/loops.ts';
import { EmbeddedError } from '#server/platform/db/embedded/error.ts';
import { MigrationError, migrate } from '#server/platform/db/migrate.ts';
import { type Database, openDatabase } from '#server/platform/db/open.ts';
import { readWebFiles } from '#server/platform/http/web-files.ts';
import { createLogger, type Logger } from '#server/platform/log/log.ts';
import { createMailer } from '#server/platform/mail/mail.ts';
import { ensureWebApp, WebBuildError, webFolder } from '#server/web-build.ts';

/** Errors whose message is written for the person at the terminal. */
const explained = [SettingsError, EmbeddedError, MigrationError, ListenError, WebBuildError];
const stopPatienceMs = 20_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function start(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    const env = readEnv(argv, environment);
    if (env.help) say(settingsHelp());
    else await run(env, createLogger(env.logLevel ?? (process.stdout.isTTY ? 'warn' : 'info')));
  } catch (error) {
    const known = explained.some((kind) => error instanceof kind);
    const text = known ? (error as Error).message : (databaseTrouble(error) ?? (error as Error).stack);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

async function run(env: Env, log: Logger): Promise<void> {
  const stopping = new AbortController();
  const secret = env.secret ?? keptSecret(env.dataDir);
  // Side by side, as both take seconds the first time; a failure is looked at once the database can be closed.
  const building = env.roles.includes('web') ? ensureWebApp(say) : Promise.resolve();
  building.catch(() => undefined);
  const database = await openDatabase(env, log);
  let listening: Listening | null = null;
  try {
    await migrate(database.pool, log);
    await building;
    listening = await serve(env, database, secret, log, stopping.signal);
  } catch (error) {
    stopping.abort();
    await database.close();
    throw error;
  }
  const uploads = uploadsFolder(env);
  const loops = runLoops(env.roles, { pool: database.pool, log, url: database.url, uploads }, stopping.signal);
  onStopSignal(log, async () => {
    stopping.abort();
    await Promise.all([listening?.close(), loops]);
    await database.close();
  });
}

/** What is wrong with the PostgreSQL of DATABASE_URL, in words; null when it is something else. */
function databaseTrouble(error: unknown): string | null {
  const { code } = error as { code?: string };
  if (code === '28P01' || code === '28000')
    return `The database of DATABASE_URL refuses its user or password (${code}).`;
  if (code === '3D000') return 'The database that DATABASE_URL names does not exist: create it first.';
  const away = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN', '57P03'];
  if (code === undefined || !away.includes(code)) return null;
  return `The database of DATABASE_URL is not reachable (${code}): is it running, and is the address right?`;
}

/** null when no role of this process answers requests. */
async function serve(
  env: Env,
  { pool, url }: Database,
  secret: string,
  log: Logger,
  stopping: AbortSignal,
): Promise<Listening | null> {
  if (!env.roles.includes('web') && !env.roles.includes('ingest')) return null;
  let { port } = env;
  const publicOrigin = () => env.publicUrl ?? `http://localhost:${port}`;
  const web = env.roles.includes('web') ? await readWebFiles(webFolder) : null;
  const mailer = env.mail && createMailer(env.mail);
  const { http } = createApp({
    pool,
    databaseUrl: url,
    uploads: uploadsFolder(env),
    log,
    secret,
    publicOrigin,
    trustedProxies: env.trustProxy,
    mailer,
    web,
    roles: env.roles,
    stopping,
  });
  const listening = await listen(http, env);
  port = listening.port;
  if (!env.roles.includes('web')) say(`Perennial takes telemetry at ${publicOrigin()}`);
  else for (const line of await greet(pool, { origin: publicOrigin(), demo: env.demo, seeders })) say(line);
  return listening;
}

/** The first signal stops in order, the second at once. */
function onStopSignal(log: Logger, stop: () => Promise<void>): void {
  let stopped = false;
  const begin = () => {
    if (stopped) process.exit(1);
    stopped = true;
    log.info('stopping');
    setTimeout(() => process.exit(1), stopPatienceMs).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'not everything stopped in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}

/** Shared by the processes that receive files and those that import them. */
function uploadsFolder({ dataDir }: Env): string {
  return join(dataDir, 'uploads');
}

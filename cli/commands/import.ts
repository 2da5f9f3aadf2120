import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { isFactKind } from '#contracts/facts.ts';
import { guessMapping } from '#contracts/guess.ts';
import * as contract from '#contracts/intake.ts';
import { type ImportJob, type ImportMapping, importMapping } from '#contracts/intake.ts';
import { type Command, CommandError, readArgs } from '../command.ts';
import { connect, type Server, serverOptions } from '../server.ts';

const options = {
  ...serverOptions,
  mapping: { type: 'string' },
  kind: { type: 'string' },
  source: { type: 'string' },
  'create-accounts': { type: 'boolean' },
  'shift-days': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  wait: { type: 'boolean', default: true },
  rejects: { type: 'string' },
} as const;

export const importCommand: Command = {
  name: 'import',
  usage: 'perennial import <file> [--mapping <file.json> | --kind <kind>] [--dry-run] [--rejects <out.csv>]',
  summary: 'Imports a CSV or NDJSON file, plain or gzip.',
  help: `  --mapping <file.json>  which column is which field, as the Import page saves it
  --kind <kind>          guess the columns for this kind of facts; without either, the kind is guessed too
  --source <name>        the system whose ids the file carries (over that of the mapping)
  --create-accounts      make accounts that the facts name and that are not there
  --shift-days <n>       add so many days to every date, to try old data as if it ended today
  --dry-run              count and list the problems; nothing is stored
  --no-wait              do not wait for the end
  --rejects <out.csv>    save the rejected lines, with the reason of each

The same file again changes nothing. Exit code: 0 when the file was read to its end, whatever was rejected.`,
  async run(args) {
    const { values, positionals } = readArgs(args, options);
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new CommandError(`One file: ${importCommand.usage}`, 2);
    if (values.mapping && values.kind) throw new CommandError('Give --mapping or --kind, not both.', 2);
    const given = values.mapping === undefined ? null : await readMapping(values.mapping);
    const server = connect(values);
    const uploaded = await upload(server, path);
    const chosen = given ?? guessed(uploaded, values.kind);
    const mapping = {
      ...chosen,
      source: values.source ?? chosen.source,
      createAccounts: values['create-accounts'] ?? chosen.createAccounts,
      ...shift(values['shift-days'], chosen.shiftDays),
    };
    const begin = values['dry-run'] ? contract.checkImport : contract.startImport;
    const begun = await server.ask(begin, { params: { id: uploaded.id }, body: { mapping } });
    const ended = values.wait ? await watch(server, begun) : begun;
    process.stdout.write(summary(ended, mapping));
    if (values.rejects && ended.rejected > 0 && !values['dry-run']) await saveRejects(server, ended, values.rejects);
    return ended.status === 'failed' || ended.status === 'cancelled' ? 1 : 0;
  },
};

function shift(asked: string | undefined, mapped: number | undefined): { shiftDays?: number } {
  if (asked === undefined) return mapped === undefined ? {} : { shiftDays: mapped };
  if (!/^-?\d{1,5}$/.test(asked)) throw new CommandError('--shift-days takes a whole number of days.', 2);
  return { shiftDays: Number(asked) };
}

async function readMapping(path: string): Promise<ImportMapping> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError(`The mapping cannot be read: ${error.message}`, 2);
  });
  try {
    return importMapping.parse(JSON.parse(text));
  } catch (error) {
    throw new CommandError(`${path} is no mapping: ${(error as Error).message}`, 2);
  }
}

function guessed(job: ImportJob, kind: string | undefined): ImportMapping {
  if (kind === undefined && job.mapping) return job.mapping;
  if (kind === undefined) throw new CommandError('The columns fit no kind of facts. Give --kind or --mapping.', 2);
  if (!isFactKind(kind)) throw new CommandError(`There is no kind “${kind}”: see perennial fact-kinds.`, 2);
  const mapping = guessMapping(kind, job.columns ?? []);
  if (!mapping) throw new CommandError(`No column looks like a field of ${kind}. Give --mapping.`, 2);
  return mapping;
}

async function upload(server: Server, path: string): Promise<ImportJob> {
  const file = await stat(path).catch((error: Error) => {
    throw new CommandError(`The file cannot be read: ${error.message}`, 2);
  });
  const response = await server.send(contract.uploadImport, { query: { name: basename(path) } }, {
    body: Readable.toWeb(createReadStream(path)) as BodyInit,
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.size) },
  } as RequestInit);
  return contract.importJob.parse(await response.json());
}

const watchMs = 500;

async function watch(server: Server, begun: ImportJob): Promise<ImportJob> {
  const { isTTY } = process.stderr;
  for (let job = begun; ; job = await server.ask(contract.getImport, { params: { id: begun.id } })) {
    const over = job.status !== 'checking' && job.status !== 'running';
    if (isTTY) process.stderr.write(`\r${progress(job)}${over ? '\n' : ''}`);
    if (over) return job;
    await delay(watchMs);
  }
}

function progress({ linesDone, linesTotal }: ImportJob): string {
  const share = linesTotal ? ` (${Math.floor((100 * linesDone) / Math.max(linesTotal, 1))} %)` : '';
  return `${linesDone} of about ${linesTotal ?? '?'} lines${share}   `;
}

function summary(job: ImportJob, mapping: ImportMapping): string {
  const counts = (['stored', 'updated', 'duplicates', 'unmatched', 'rejected'] as const).map(
    (name) => `  ${name.padEnd(12)} ${job[name]}`,
  );
  const problems = [...Map.groupBy(job.problems, ({ column, message }) => `${column ?? ''}\0${message}`).values()].map(
    problemText,
  );
  const lines = [
    `${job.name} as ${mapping.kind} of ${mapping.source}: ${job.status}${job.error ? `. ${job.error}` : ''}`,
    ...counts,
    `  ${'= lines'.padEnd(12)} ${job.linesDone}`,
    ...(job.sameFileAs === null ? [] : [`The same file was imported before, as import ${job.sameFileAs}.`]),
    ...(problems.length === 0
      ? []
      : [
          `Why lines were rejected${job.rejected > job.problems.length ? ` (the first ${job.problems.length})` : ''}:`,
          ...problems,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

const linesShown = 3;

/** One reason, with the first lines that have it. */
function problemText(same: readonly ImportJob['problems'][number][]): string {
  const [{ column, message }] = same as [ImportJob['problems'][number]];
  const lines = same.slice(0, linesShown).map(({ line }) => line);
  const places = `line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${same.length > linesShown ? ' …' : ''}`;
  return `  ${same.length} × ${column === null ? '' : `${column}: `}${message} (${places})`;
}

async function saveRejects(server: Server, job: ImportJob, path: string): Promise<void> {
  const response = await server.send(contract.downloadRejects, { params: { id: job.id } });
  await writeFile(path, Readable.fromWeb(response.body as never));
  process.stdout.write(`The rejected lines are in ${path}.\n`);
}

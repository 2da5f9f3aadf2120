/**
 * The documented imports on data that nobody here wrote (docs/guides/import-*.md). The large sets lie in the folder
 * PERENNIAL_TEST_DATA, by default ../shared/data beside the repository; an excerpt of crm5 is part of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import * as contract from '#contracts/intake.ts';
import { type Finding, listFindings } from '#server/modules/findings/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside } from '#server/testing/factories.ts';
import { countsOf, createImporter } from './testing.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dataFolder = process.env.PERENNIAL_TEST_DATA ?? `${root}../shared/data`;
const database = testDatabase();

type Row = Record<string, string>;
function bytesOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
const rowsOf = (path: string): Row[] => parse(bytesOf(path), { columns: true });
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

function setUp() {
  const own = {} as { importer: ReturnType<typeof createImporter>; workspaceId: number };
  beforeAll(async () => {
    own.workspaceId = await createWorkspace(database.pool);
    own.importer = createImporter(database.pool, own.workspaceId);
  });
  return {
    /** Imports a file with the mapping of the guide. */
    async run(path: string, mapping: string) {
      const { importer } = own;
      const { id } = await importer.upload(readFileSync(path), path);
      const json = JSON.parse(readFileSync(`${root}docs/guides/mappings/${mapping}.json`, 'utf8'));
      await importer.ask(contract.startImport, {
        params: { id },
        body: { mapping: contract.importMapping.parse(json) },
      });
      const job = await importer.run(id);
      expect(job.error).toBeNull();
      const { lines, ...counts } = countsOf(job);
      expect(sum(Object.values(counts)), 'every line is in exactly one count').toBe(lines);
      return { lines, ...counts };
    },
    select: (text: string) =>
      inside(database.pool, own.workspaceId, (tx) => tx.many<Record<string, number>>({ text, values: [] })),
    findings: async (): Promise<Record<string, Finding>> => {
      const list = await inside(database.pool, own.workspaceId, (tx) => listFindings(tx, own.workspaceId));
      return Object.fromEntries(list.map((finding) => [finding.kind, finding]));
    },
  };
}

/** The commands of a guide, in order, as [file, mapping]. */
function commandsOf(guide: string): [file: string, mapping: string][] {
  const text = readFileSync(`${root}docs/guides/${guide}.md`, 'utf8');
  const lines = text.matchAll(/^npm run -s perennial -- import (\S+) --mapping docs\/guides\/mappings\/(\S+)\.json$/gm);
  return [...lines].map(([, file, mapping]) => [basename(file!), mapping!]);
}
/** The counts that the guide's table promises for each command. */
function promisesOf(guide: string): number[][] {
  const text = readFileSync(`${root}docs/guides/${guide}.md`, 'utf8');
  return [...text.matchAll(/^\| \S+\.csv(?:\.gz)? ((?:\| \d+ )+)\|$/gm)].map(([, cells]) =>
    cells!.split('|').slice(1).map(Number),
  );
}

const none = { stored: 0, updated: 0, duplicates: 0, unmatched: 0, rejected: 0 };
const newOnly = (lines: number) => ({ ...none, lines, stored: lines });
const sameAgain = (lines: number) => ({ ...none, lines, duplicates: lines });

function crm5(folder: string): void {
  const { run, select, findings } = setUp();
  const accounts = rowsOf(`${folder}/account.csv`);
  const subscriptions = rowsOf(`${folder}/subscription.csv`);
  const usage = rowsOf(`${folder}/daily_usage.csv.gz`);
  const eventColumns = Object.keys(usage[0]!).slice(3, -2);
  const files = [
    ['account.csv', 'crm5-accounts', accounts.length],
    ['event_type.csv', 'crm5-features', 28],
    ['subscription.csv', 'crm5-subscriptions', subscriptions.length],
    ['daily_usage.csv.gz', 'crm5-daily-usage', usage.length],
  ] as const;

  test('these are the commands of the guide', () => {
    expect(files.map(([file, mapping]) => [file, mapping])).toEqual(commandsOf('import-crm5'));
  });

  test.each(files)('%s is stored, line by line', async (file, mapping, lines) => {
    expect(await run(`${folder}/${file}`, mapping)).toEqual(newOnly(lines));
  });

  test('the sums are those of the files', async () => {
    expect(await select('select count(*) as n from accounts')).toEqual([{ n: accounts.length }]);
    expect(await select('select count(*) as n, sum(mrr_minor) as mrr from subscription_changes')).toEqual([
      { n: subscriptions.length, mrr: sum(subscriptions.map((row) => Math.round(Number(row.mrr) * 100))) },
    ]);
    expect(await select('select count(*) as days, sum(events) as events, sum(users) as users from usage_days')).toEqual(
      [
        {
          days: usage.length,
          events: sum(usage.map((row) => sum(eventColumns.map((column) => Number(row[column]))))),
          users: sum(usage.map((row) => Number(row.active_users))),
        },
      ],
    );
    expect(
      await select(`select sum(quantity) as seats from subscription_changes where unit = 'users'`),
      'seats are the lines whose unit is users',
    ).toEqual([{ seats: sum(subscriptions.filter((r) => r.units === 'users').map((r) => Number(r.quantity))) }]);
  });

  test('nothing contradicts itself but usage around the terms', async () => {
    expect(Object.keys(await findings()).filter((kind) => !kind.startsWith('usage_'))).toEqual([]);
  });

  test.each(files)('%s again changes nothing', async (file, mapping, lines) => {
    expect(await run(`${folder}/${file}`, mapping)).toEqual(sameAgain(lines));
  });
}

describe('crm5, the excerpt', () => crm5(`${root}e2e/fixtures/crm5-excerpt`));

if (existsSync(dataFolder)) {
  describe('crm5, all of it', { timeout: 600_000 }, () => crm5(`${dataFolder}/crm5`));
  describe('ravenstack', { timeout: 300_000 }, () => ravenstack(`${dataFolder}/ravenstack/ravenstack_`));
} else {
  console.info(`Imports of the large sets were skipped: there is no folder ${dataFolder} (PERENNIAL_TEST_DATA).`);
}

function ravenstack(prefix: string): void {
  const { run, select, findings } = setUp();
  const accounts = rowsOf(`${prefix}accounts.csv`);
  const subscriptions = rowsOf(`${prefix}subscriptions.csv`);
  const usage = rowsOf(`${prefix}feature_usage.csv`);
  const tickets = rowsOf(`${prefix}support_tickets.csv`);
  const churns = rowsOf(`${prefix}churn_events.csv`);
  const accountOf = new Map(subscriptions.map((row) => [row.subscription_id, row.account_id!]));
  const unanswered = tickets.filter((row) => row.satisfaction_score === '').length;

  const files = [
    ['accounts', 'accounts', newOnly(500), sameAgain(500)],
    ['subscriptions', 'subscriptions', newOnly(5000), sameAgain(5000)],
    ['feature_usage', 'feature-usage', newOnly(25_000), sameAgain(25_000)],
    ['support_tickets', 'tickets', newOnly(2000), sameAgain(2000)],
    [
      'support_tickets',
      'satisfaction',
      { ...newOnly(2000), stored: 2000 - unanswered, rejected: unanswered },
      { ...sameAgain(2000), duplicates: 2000 - unanswered, rejected: unanswered },
    ],
    ['churn_events', 'cancellations', newOnly(600), sameAgain(600)],
  ] as const;

  test('these are the commands of the guide, and what it promises', () => {
    const commands = files.map(([file, mapping]) => [`ravenstack_${file}.csv`, `ravenstack-${mapping}`]);
    expect(commands).toEqual(commandsOf('import-ravenstack'));
    const counts = files.map(([, , c]) => [c.lines, c.stored, c.updated, c.duplicates, c.unmatched, c.rejected]);
    expect(counts).toEqual(promisesOf('import-ravenstack'));
  });

  test.each(files)('%s as %s: every line is accounted for', async (file, mapping, expected) => {
    expect(await run(`${prefix}${file}.csv`, `ravenstack-${mapping}`)).toEqual(expected);
  });

  test('the sums are those of the files', async () => {
    expect(
      await select('select count(*) as n, sum(mrr_minor) as mrr, sum(quantity) as seats from subscription_changes'),
    ).toEqual([
      {
        n: 5000,
        mrr: sum(subscriptions.map((row) => Number(row.mrr_amount) * 100)),
        seats: sum(subscriptions.map((row) => Number(row.seats))),
      },
    ]);
    const days = new Set(usage.map((row) => `${accountOf.get(row.subscription_id!)}/${row.usage_date}`));
    expect(await select('select count(*) as days, sum(events) as events from usage_days')).toEqual([
      { days: days.size, events: sum(usage.map((row) => Number(row.usage_count))) },
    ]);
    expect(await select('select count(*) as n, count(escalated_at) as escalated from tickets')).toEqual([
      { n: 2000, escalated: tickets.filter((row) => row.escalation_flag === 'True').length },
    ]);
    expect(await select('select sum(score) as score from survey_responses')).toEqual([
      { score: sum(tickets.map((row) => Number(row.satisfaction_score))) },
    ]);
  });

  test('its contradictions are findings, with the counts that the files give', async () => {
    const found = await findings();
    const cancelled = new Set(churns.map((row) => row.account_id));
    const flagged = (value: string) => accounts.filter((row) => row.churn_flag === value).map((row) => row.account_id);
    expect(found.churned_without_cancellation?.count).toBe(flagged('True').filter((id) => !cancelled.has(id)).length);
    expect(found.cancellation_without_churn?.count).toBe(flagged('False').filter((id) => cancelled.has(id)).length);

    const firstStart = new Map<string, string>();
    for (const { account_id: id, start_date: start } of subscriptions) {
      if (!firstStart.has(id!) || start! < firstStart.get(id!)!) firstStart.set(id!, start!);
    }
    const early = new Set(
      usage.flatMap((row) => {
        const account = accountOf.get(row.subscription_id!)!;
        return row.usage_count !== '0' && row.usage_date! < firstStart.get(account)!
          ? [`${account}/${row.usage_date}`]
          : [];
      }),
    );
    expect(found.usage_before_subscription?.count).toBe(early.size);
    expect(found.usage_before_subscription?.examples).toHaveLength(5);
    const running = new Set(subscriptions.filter((row) => row.end_date === '').map((row) => row.account_id));
    expect(found.churned_but_active?.count).toBe(flagged('True').filter((id) => running.has(id)).length);
    expect(found.overlapping_terms?.count).toBeGreaterThan(4000);
  });

  test.each(files)('%s as %s again changes nothing', async (file, mapping, _first, again) => {
    expect(await run(`${prefix}${file}.csv`, `ravenstack-${mapping}`)).toEqual(again);
  });
}

import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createContact, createWorkspace, inside } from '#server/testing/factories.ts';
import { signalFacts } from './facts.ts';

const database = testDatabase();
const now = Date.parse('2026-11-10T12:00:00Z');
let workspaceId: number;
let accountId: number;

beforeAll(async () => {
  workspaceId = await createWorkspace(database.pool);
  accountId = await inside(database.pool, workspaceId, async (tx) => {
    const id = await createAccount(tx, workspaceId);
    const ann = await createContact(tx, workspaceId, id, { name: 'Ann' });
    const fact = (name: string) => sql`${workspaceId}, ${id}, 'file', ${name}`;
    const ticket = (
      name: string,
      severity: string,
      opened: string,
      solved: string,
      reopened: string,
      category: string,
    ) =>
      tx.run(sql`insert into tickets (workspace_id, account_id, source, external_id, contact_id, subject, severity, opened_at,
          solved_at, reopened_at, category)
        values (${fact(name)}, ${ann}, ${name}, ${severity}, ${opened}, ${solved}, ${reopened}, ${category})`);
    await ticket('old', 'urgent', '2026-09-01T10:00:00Z', '{}', '{}', 'bug');
    await ticket('solved', 'high', '2026-09-02T10:00:00Z', '{2026-09-03T10:00:00Z}', '{}', 'bug');
    await ticket('again', 'high', '2026-09-04T10:00:00Z', '{2026-09-05T10:00:00Z}', '{2026-09-06T10:00:00Z}', 'bug');
    await ticket('later', 'high', '2026-09-07T10:00:00Z', '{2026-11-01T10:00:00Z}', '{}', 'bug');
    await ticket('mild', 'low', '2026-11-01T10:00:00Z', '{}', '{}', 'cancellation');
    const answer = (name: string, score: number) =>
      tx.run(sql`insert into survey_responses (workspace_id, account_id, source, external_id, contact_id, kind, score,
          scale_min, scale_max, answered_at, comment)
        values (${fact(name)}, ${ann}, 'nps', ${score}, 0, 10, '2026-10-01T10:00:00Z', ${name})`);
    await answer('bad', 3);
    await answer('fine', 9);
    await tx.run(sql`insert into stakeholder_changes (workspace_id, account_id, source, external_id, contact_id, kind, at)
      values (${fact('1')}, ${ann}, 'champion_left', '2026-10-20T10:00:00Z'),
        (${fact('2')}, ${ann}, 'champion_left', '2026-01-20T10:00:00Z'),
        (${fact('3')}, null, 'new_executive', '2026-10-21T10:00:00Z')`);
    await tx.run(sql`insert into intents (workspace_id, account_id, source, external_id, kind, at, resolved_at)
      values (${fact('1')}, 'budget_cut', '2026-10-01T10:00:00Z', null),
        (${fact('2')}, 'budget_cut', '2026-09-01T10:00:00Z', '2026-09-20T10:00:00Z'),
        (${fact('3')}, 'competitor', '2026-10-02T10:00:00Z', null)`);
    return id;
  });
});

const titles = async (key: string, until = now) =>
  (
    await inside(database.pool, workspaceId, (tx) => signalFacts(tx, workspaceId, accountId, key, { limit: 50, until }))
  ).items.map(({ title }) => title);

describe('the facts behind a signal are those that it speaks of', () => {
  test.each<[string, string, string[]]>([
    ['open severe tickets, reopened ones too', 'support.severe_open_hours', ['again', 'old']],
    ['tickets of 30 days', 'support.tickets_30d', ['mild']],
    ['cancellations', 'support.cancellation_tickets_90d', ['mild']],
    ['all tickets', 'support.sentiment', ['mild', 'later', 'again', 'solved', 'old']],
    ['detractors', 'sentiment.nps_detractor', ['NPS 3']],
    ['all answers', 'sentiment.nps', ['NPS 3', 'NPS 9']],
    ['champions who left lately, by name', 'stakeholders.champion_left_90d', ['Champion left: Ann']],
    ['changes of leadership', 'stakeholders.leadership_change_90d', ['New executive']],
    ['intents that are not resolved', 'intent.budget_90d', ['Budget cut']],
    ['a judgement has none', 'health.score', []],
  ])('%s', async (_name, key, expected) => expect((await titles(key)).sort()).toEqual(expected.sort()));

  test('as they stood at the moment asked about', async () => {
    expect(await titles('support.severe_open_hours', Date.parse('2026-10-01T00:00:00Z'))).toEqual([
      'later',
      'again',
      'old',
    ]);
    expect(await titles('support.severe_open_hours', Date.parse('2026-09-05T12:00:00Z'))).toEqual(['old']);
    expect(await titles('intent.budget_90d', Date.parse('2026-09-10T00:00:00Z'))).toEqual(['Budget cut']);
  });

  test('every signal can be asked', async () => {
    for (const { key } of CATALOGUE) expect(Array.isArray(await titles(key))).toBe(true);
  });
});

test('amounts are told in the minor units of their currency, thousands apart', async () => {
  const billed = await inside(database.pool, workspaceId, async (tx) => {
    const id = await createAccount(tx, workspaceId);
    for (const [name, minor, currency] of [
      ['whole', 99_400_000, 'USD'],
      ['cents', 950, 'EUR'],
      ['yen', 1200, 'JPY'],
      ['fils', 1_250_500, 'KWD'],
    ])
      await tx.run(sql`insert into invoices (workspace_id, account_id, source, external_id, issued_at, due_day, amount_minor, currency)
        values (${workspaceId}, ${id}, 'file', ${name}, '2026-10-01T10:00:00Z', '2026-10-08', ${minor}, ${currency})`);
    return id;
  });
  const { items } = await inside(database.pool, workspaceId, (tx) =>
    signalFacts(tx, workspaceId, billed, 'billing.days_overdue', { limit: 50, until: now }),
  );
  expect(items.map(({ title }) => title.replace(', due 2026-10-08', '')).sort()).toEqual([
    '1,200 JPY',
    '1,250.500 KWD',
    '9.50 EUR',
    '994,000 USD',
  ]);
});

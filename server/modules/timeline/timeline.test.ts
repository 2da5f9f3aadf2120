import sql from 'sql-template-tag';
import { beforeAll, describe, expect, it } from 'vitest';
import { getTimeline, timelineKinds } from '#contracts/timeline.ts';
import { dayOf, toIso } from '#core/calendar/day.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  createAccount,
  createContact,
  createMember,
  createWorkspace,
  inside,
  keyActor,
} from '#server/testing/factories.ts';
import { timelineRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let account: number;
let ask: Ask;

beforeAll(async () => {
  workspaceId = await createWorkspace(database.pool, { timeZone: 'Asia/Tokyo' });
  ask = createApi(database.pool, timelineRoutes, keyActor(workspaceId));
  account = await inside(database.pool, workspaceId, async (tx) => {
    const id = await createAccount(tx, workspaceId);
    const ann = await createContact(tx, workspaceId, id, { name: 'Ann' });
    const mia = await createMember(tx, workspaceId, { name: 'Mia' });
    const w = workspaceId;
    const fact = sql`${w}, ${id}, 'file', '1'`;
    const run = (statement: Parameters<typeof tx.run>[0]) => tx.run(statement);
    await run(sql`insert into usage_days (workspace_id, account_id, day, source, events, feature_events, logins, users,
        sessions, session_seconds, last_at)
      values (${w}, ${id}, '2026-01-02', 'events', 10, 3, 4, 2, 3, 60, '2026-01-01T16:00:00Z')`);
    await run(sql`insert into tickets (workspace_id, account_id, source, external_id, contact_id, subject, opened_at, solved_at)
      values (${fact}, ${ann}, 'Broken', '2026-01-03T10:00:00Z', '{2026-01-04T10:00:00Z,2026-01-06T10:00:00Z}')`);
    await run(sql`insert into survey_responses (workspace_id, account_id, source, external_id, kind, score, scale_min,
        scale_max, answered_at) values (${fact}, 'nps', 9, 0, 10, '2026-01-05T10:00:00Z')`);
    await run(sql`insert into touchpoints (workspace_id, account_id, source, external_id, kind, status, planned_at)
      values (${fact}, 'call', 'planned', '2026-01-07T10:00:00Z')`);
    const invoice = await tx.one<{
      id: number;
    }>(sql`insert into invoices (workspace_id, account_id, source, external_id,
        issued_at, due_day, amount_minor, currency, disputed_from)
      values (${fact}, '2026-01-08T10:00:00Z', '2026-02-01', 100, 'USD', '2026-01-09T10:00:00Z') returning id`);
    await run(sql`insert into payments (workspace_id, account_id, source, external_id, invoice_id, at, amount_minor, currency)
      values (${fact}, ${invoice.id}, '2026-01-10T10:00:00Z', 100, 'USD')`);
    const line = await tx.one<{
      id: number;
    }>(sql`insert into subscriptions (workspace_id, account_id, source, external_id,
        product, start_day, end_day) values (${fact}, 'Suite', '2026-01-11', '2026-01-13') returning id`);
    for (const [from, mrr] of [
      ['2026-01-11', 100],
      ['2026-01-12', 300],
    ]) {
      await run(sql`insert into subscription_changes (workspace_id, subscription_id, from_day, mrr_minor, currency)
        values (${w}, ${line.id}, ${from}, ${mrr}, 'USD')`);
    }
    await run(sql`insert into stakeholder_changes (workspace_id, account_id, source, external_id, contact_id, kind, at)
      values (${fact}, ${ann}, 'champion_left', '2026-01-14T10:00:00Z')`);
    await run(sql`insert into intents (workspace_id, account_id, source, external_id, kind, at, resolved_at)
      values (${fact}, 'competitor', '2026-01-15T10:00:00Z', '2026-01-16T10:00:00Z')`);
    const goal = await tx.one<{
      id: number;
    }>(sql`insert into goals (workspace_id, account_id, source, external_id, objective,
        started_at) values (${fact}, 'Faster', '2026-01-17T10:00:00Z') returning id`);
    await run(sql`insert into goal_measures (workspace_id, goal_id, at, value)
      values (${w}, ${goal.id}, '2026-01-18T10:00:00Z', 5)`);
    await run(sql`insert into notes (workspace_id, account_id, author_name, body, created_at)
      values (${w}, ${id}, 'Mia', 'hello', '2026-01-19T10:00:00Z')`);
    await run(sql`insert into notes (workspace_id, account_id, author_name, body, created_at, deleted_at)
      values (${w}, ${id}, 'Mia', 'gone', '2026-01-19T10:00:00Z', now())`);
    const card = await tx.one<{ id: number }>(sql`insert into scorecards (workspace_id, key, name, is_primary)
      values (${w}, 'main', 'Main', true) returning id`);
    await run(sql`insert into band_changes (workspace_id, account_id, scorecard_id, at, from_band, to_band, score)
      values (${w}, ${id}, ${card.id}, '2026-01-20T10:00:00Z', 'green', 'red', 20)`);
    const risk = await tx.one<{
      id: number;
    }>(sql`insert into risk_signals (workspace_id, account_id, rule_key, state, status,
        urgency, is_open) values (${w}, ${id}, 'silence', '{}', 'new', 'high', true) returning id`);
    await run(sql`insert into risk_events (workspace_id, account_id, risk_signal_id, at, kind)
      values (${w}, ${id}, ${risk.id}, '2026-01-21T10:00:00Z', 'opened'), (${w}, ${id}, ${risk.id}, '2026-01-20T10:00:00Z', 'evidence_added')`);
    await run(sql`insert into account_changes (workspace_id, account_id, field, at, value, by_member)
      values (${w}, ${id}, 'owner', '2026-01-21T10:00:00Z', ${String(mia)}, ${mia})`);
    const other = await createAccount(tx, workspaceId);
    await run(sql`insert into intents (workspace_id, account_id, source, external_id, kind, at)
      values (${w}, ${other}, 'file', '2', 'competitor', now())`);
    return id;
  });
});

const expected = [
  ['2026-01-21', 'Risk opened: silence'],
  ['2026-01-21', 'Owner is now Mia'],
  ['2026-01-20', 'Health went from green to red'],
  ['2026-01-19', 'Note by Mia'],
  ['2026-01-18', 'Faster: value 5'],
  ['2026-01-17', 'Goal started: Faster'],
  ['2026-01-16', 'Evaluates a competitor resolved'],
  ['2026-01-15', 'Evaluates a competitor'],
  ['2026-01-14', 'Champion left: Ann'],
  ['2026-01-13', 'Suite ended'],
  ['2026-01-12', 'Suite expanded'],
  ['2026-01-11', 'Suite started'],
  ['2026-01-10', 'Payment of $1 received'],
  ['2026-01-09', 'Invoice of $1 disputed'],
  ['2026-01-08', 'Invoice of $1 issued'],
  ['2026-01-07', 'Call planned'],
  ['2026-01-06', 'Ticket solved: Broken'],
  ['2026-01-05', 'NPS 9 of 10'],
  ['2026-01-04', 'Ticket solved: Broken'],
  ['2026-01-03', 'Ticket opened: Broken'],
  ['2026-01-02', '2 people active'],
];
const read = (query: object) => ask(getTimeline, { params: { id: account }, query });

describe('the timeline', () => {
  it('has every kind of fact, newest first, on the days of the workspace', async () => {
    const { items, nextCursor } = await read({ limit: 100 });
    expect(items.map(({ day, title }) => [day, title])).toEqual(expected);
    expect(nextCursor).toBeNull();
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(timelineKinds));
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect(items.at(-1)).toMatchObject({ key: 'usage:2026-01-02', count: 4, people: 2 });
  });

  it.each([1, 2, 7, 20, 21])('is the same in pages of %i', async (limit) => {
    const titles: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof read>> = await read({ limit, ...(cursor !== null && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(titles).toEqual(expected.map(([, title]) => title));
  });

  it('ends with a past day of the workspace, in pages too', async () => {
    // Tokyo: the 16th ends at 15:00 UTC, an intent of 10:00 UTC is inside, the goal of the 17th is not
    const { items, nextCursor } = await read({ asOf: '2026-01-16', limit: 2 });
    expect(items.map(({ day }) => day)).toEqual(['2026-01-16', '2026-01-15']);
    const next = await read({ asOf: '2026-01-16', limit: 1, cursor: nextCursor! });
    expect(next.items.map(({ day }) => day)).toEqual(['2026-01-14']);
    expect((await read({ asOf: '2026-01-01' })).items).toEqual([]);
  });

  it('shows chosen kinds only', async () => {
    const { items } = await read({ kinds: 'note, intent' });
    expect(items.map(({ kind }) => kind)).toEqual(['note', 'intent', 'intent']);
  });

  it('says that a risk goes on having evidence where risks are asked for, not among everything', async () => {
    const titles = async (query: Parameters<typeof read>[0]) => (await read(query)).items.map(({ title }) => title);
    expect(await titles({ kinds: 'risk' })).toEqual(['Risk opened: silence', 'New evidence for risk: silence']);
    expect(await titles({ limit: 100 })).not.toContain('New evidence for risk: silence');
  });

  it('refuses unknown kinds, broken cursors, unknown accounts', async () => {
    expect((await refusalOf(read({ kinds: 'note,dance' }))).errors?.[0]?.path).toBe('kinds');
    for (const parts of [
      ['timeline', 'x', 0],
      ['timeline', null, 0],
      ['timeline', 5, 0],
      ['other', '1 a', 0],
    ]) {
      const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
      expect((await refusalOf(read({ cursor }))).errors?.[0]?.path).toBe('cursor');
    }
    const nowhere = ask(getTimeline, { params: { id: 999_999 }, query: {} });
    expect((await refusalOf(nowhere)).status).toBe(404);
  });
});

// Their days are 25 hours apart, so that at any time at least one of them is on another day than UTC.
it.each(['Pacific/Kiritimati', 'Pacific/Niue'])('a contract line ends as the day turns in %s', async (timeZone) => {
  const own = await createWorkspace(database.pool, { timeZone });
  const today = toIso(dayOf(Date.now(), timeZone));
  const id = await inside(database.pool, own, async (tx) => {
    const customer = await createAccount(tx, own);
    for (const [product, ahead] of [
      ['Over', 0],
      ['Running', 1],
    ] as const) {
      await tx.run(sql`insert into subscriptions (workspace_id, account_id, source, external_id, product, start_day, end_day)
        values (${own}, ${customer}, 'file', ${product}, ${product}, '2026-01-01', ${today}::date + ${ahead}::int)`);
    }
    return customer;
  });
  const timeline = await createApi(
    database.pool,
    timelineRoutes,
    keyActor(own),
  )(getTimeline, {
    params: { id },
    query: { kinds: 'subscription' },
  });
  expect(timeline.items.map(({ title }) => title)).toEqual(['Over ended']);
});

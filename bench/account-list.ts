/**
 * The account list at the API (spec 15: p95 < 100 ms at 100 000 accounts for any filter, sort and search): routes,
 * validation, SQL and JSON, without the socket.
 */
import sql from 'sql-template-tag';
import { type Filter, listAccounts, type sortFields } from '#contracts/accounts.ts';
import { addressOf } from '#contracts/client.ts';
import { SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { accountRoutes } from '#server/modules/accounts/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { createFetch } from '#server/testing/api.ts';
import { createWorkspace, keyActor } from '#server/testing/factories.ts';
import { type Figure, figure, figures } from './figures.ts';

export interface ListFigures extends Figure {
  accounts: number;
  /** by what was asked, slowest first */
  parts: Figure[];
}

interface Question {
  q?: string;
  filters?: Filter[];
}

const questions: Readonly<Record<string, Question>> = {
  'no filter': {},
  band: { filters: [{ field: 'band', op: 'in', value: ['red'] }] },
  owner: {
    filters: [
      { field: 'ownerId', op: 'present' },
      { field: 'ownerName', op: 'contains', value: '1' },
    ],
  },
  'tier and risk': {
    filters: [
      { field: 'tier', op: 'eq', value: 'enterprise' },
      { field: 'riskLevel', op: 'gte', value: 'high' },
    ],
  },
  tag: { filters: [{ field: 'tag', op: 'eq', value: 'beta' }] },
  'renewal in 90 days': { filters: [{ field: 'daysToRenewal', op: 'lte', value: 90 }] },
  'part of the name': { filters: [{ field: 'name', op: 'contains', value: 'acme 1' }] },
  'attribute, text': { filters: [{ field: 'attr.plan', op: 'eq', value: 'pro' }] },
  'attribute, number': { filters: [{ field: 'attr.employees', op: 'gte', value: 1000 }] },
  'attribute, number as text': { filters: [{ field: 'attr.sites', op: 'gte', value: 10 }] },
  signal: { filters: [{ field: 'seats.utilization', op: 'lt', value: 0.5 }] },
  'two signals and a band': {
    filters: [
      { field: 'usage.trend_slope', op: 'lt', value: 50 },
      { field: 'touch.overdue_days', op: 'present' },
      { field: 'band', op: 'ne', value: 'green' },
    ],
  },
  'signal missing': { filters: [{ field: 'usage.dau_mau', op: 'missing' }] },
  'search, frequent': { q: 'acme' },
  'search, rare': { q: 'acme 12' },
  'search, domain': { q: 'd123.' },
  'search, id': { q: 'ext-77' },
};
const sorts: [(typeof sortFields)[number], 'asc' | 'desc'][] = [
  ['arrMinor', 'desc'],
  ['name', 'asc'],
  ['score', 'asc'],
  ['renewalDay', 'asc'],
  ['ownerName', 'asc'],
  ['change7d', 'desc'],
  ['tier', 'desc'],
];
const repeats = 3;

/** Asks every question in every order, first and second page, one request after another. */
export async function benchAccountList(pool: Pool, workspaceId: number): Promise<ListFigures> {
  const request = createFetch(pool, accountRoutes, keyActor(workspaceId));
  const timed = new Map<string, number[]>();
  let accounts = 0;
  const ask = async (name: string, query: Record<string, unknown>): Promise<string | null> => {
    const startedAt = performance.now();
    const answer = await request(addressOf(listAccounts, { query }, 'http://localhost'));
    const body = (await answer.json()) as { nextCursor: string | null; total: number };
    timed.set(name, [...(timed.get(name) ?? []), performance.now() - startedAt]);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    accounts = Math.max(accounts, body.total);
    return body.nextCursor;
  };
  for (const [name, { q, filters }] of Object.entries(questions)) {
    for (const [sort, direction] of sorts) {
      const query = { q, filters: filters && JSON.stringify(filters), sort, direction };
      for (let i = 0; i < repeats; i++) {
        const cursor = await ask(name, query);
        if (cursor !== null) await ask(name, { ...query, cursor });
      }
    }
  }
  return { accounts, ...figure('all', [...timed.values()].flat()), parts: figures(timed) };
}

/** A workspace of accounts with states as the evaluator leaves them, two thirds of all signals present. Returns its id. */
export async function fillAccountList(pool: Pool, accounts: number): Promise<number> {
  const workspaceId = await createWorkspace(pool, { name: 'Account list' });
  await transaction(pool, workspaceId, async (tx) => {
    const w = workspaceId;
    await tx.run(sql`insert into members (workspace_id, name, email, role)
      select ${w}::int, 'Member ' || i, 'm' || i || '@bench.test', 'csm' from generate_series(1, 60) i`);
    const { first } = await tx.one<{ first: number }>(
      sql`select min(id) as first from members where workspace_id = ${w}`,
    );
    await tx.run(sql`insert into accounts (workspace_id, name, industry, country, owner_id, tags, attributes)
      select ${w}::int, (array['Acme','Globex','Initech','Umbrella','Hooli','Stark','Wayne','Wonka','Cyber','Soylent'])[1 + i % 10]
          || ' ' || i || (array[' Inc',' GmbH',' Ltd',' SA'])[1 + i % 4],
        (array['software','retail','finance','health'])[1 + i % 4], (array['DE','US','FR','JP'])[1 + i % 4],
        case when i % 20 > 0 then ${first}::int + i % 60 end,
        case when i % 7 = 0 then '{vip,beta}'::text[] when i % 3 = 0 then '{beta}' else '{}' end,
        jsonb_build_object('plan', (array['free','pro','max'])[1 + i % 3], 'employees', i % 5000, 'sites', (i % 50)::text)
      from generate_series(1, ${accounts}::int) i`);
    await tx.run(sql`insert into account_ids (workspace_id, source, external_id, account_id)
      select workspace_id, 'crm', 'ext-' || id, id from accounts where workspace_id = ${w}`);
    await tx.run(sql`insert into account_domains (workspace_id, domain, account_id)
      select workspace_id, 'd' || id || '.example', id from accounts where workspace_id = ${w}`);
    await tx.run(sql`insert into account_states (workspace_id, account_id, as_of, day, signals, state, score, computed_score,
        band, coverage, change_7d, change_30d, spark, risk_level, open_risks, arr_minor, renewal_day, seats, active_users,
        last_active_day, tier, stage)
      select ${w}::int, id, now(), current_date,
        (select array_agg(case when (id + s) % 3 > 0 then (h * s) % 10000 / 100.0 end order by s)
          from generate_series(1, ${SIGNAL_KEYS.length}::int) s),
        case when h % 11 = 0 then 'insufficient' else 'scored' end, case when h % 11 > 0 then h % 1000 / 10.0 end,
        case when h % 11 > 0 then h % 1000 / 10.0 end,
        case when h % 11 > 0 then (array['red','yellow','green'])[1 + h % 3] end, 0.8, h % 400 / 10.0 - 20, h % 300 / 10.0 - 15,
        (select array_agg(((h + s) % 100)::smallint) from generate_series(1, 30) s), h % 4, h % 5, h % 10000000,
        current_date + (h % 700)::int, h % 500, h % 300, current_date - (h % 40)::int,
        (array['enterprise','mid_market','smb'])[1 + h % 3], (array['onboard','adopt','value','renew'])[1 + h % 4]
      from (select id, abs(hashint8(id)::bigint) as h from accounts where workspace_id = ${w}) a`);
  });
  await pool.query('vacuum analyze accounts, account_states, account_list, account_ids, account_domains, members');
  return workspaceId;
}

/** What lists, groups and sums over the whole book cost at the API beside the account list: risks, rules, portfolio. */
import sql from 'sql-template-tag';
import { addressOf } from '#contracts/client.ts';
import type { Endpoint } from '#contracts/kit.ts';
import { getBandHistory, getMovers, getPortfolio, getScatter } from '#contracts/portfolio.ts';
import { groupRisks, listRisks, listRules } from '#contracts/risk.ts';
import { seeders } from '#server/app.ts';
import { portfolioRoutes } from '#server/modules/portfolio/index.ts';
import { riskRoutes } from '#server/modules/risk/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { createFetch } from '#server/testing/api.ts';
import { keyActor } from '#server/testing/factories.ts';
import { fillAccountList } from './account-list.ts';
import { type Figure, figure, figures } from './figures.ts';

export interface ReadFigures {
  openRisks: number;
  /** every question to the register; `groups` are not in it */
  register: Figure;
  groups: Figure;
  rules: Figure;
  portfolio: Figure;
  /** by what was asked, slowest first */
  parts: Figure[];
}

type Kind = 'register' | 'groups' | 'rules' | 'portfolio';
interface Question {
  kind: Kind;
  name: string;
  endpoint: Endpoint;
  query: Record<string, unknown>;
}

const risks = (name: string, query: Record<string, unknown> = {}): Question => ({
  ...{ kind: 'register', name: `risks ${name}`, endpoint: listRisks, query },
});
const book = (name: string, endpoint: Endpoint, query: Record<string, unknown> = {}): Question => ({
  ...{ kind: 'portfolio', name: `portfolio ${name}`, endpoint, query },
});

function questionsOf(ownerId: number): Question[] {
  return [
    risks('as they open'),
    risks('of an owner', { ownerId }),
    risks('of a rule', { rule: 'gone-quiet' }),
    risks('critical', { urgency: 'critical' }),
    risks('of a tier', { tier: 'enterprise' }),
    risks('overdue', { breached: true }),
    risks('of a name', { q: 'acme 12' }),
    risks('by deadline', { sort: 'respondBy', direction: 'asc' }),
    risks('by money', { sort: 'arrMinor' }),
    risks('by name', { sort: 'accountName', direction: 'asc' }),
    risks('newest', { sort: 'openedAt' }),
    ...(['account', 'rule', 'owner', 'level'] as const).map(
      (by): Question => ({
        ...{ kind: 'groups', name: `risks in groups by ${by}`, endpoint: groupRisks, query: { by } },
      }),
    ),
    { kind: 'rules', name: 'rules with track records', endpoint: listRules, query: {} },
    book('sums', getPortfolio),
    book('sums of an owner', getPortfolio, { ownerId }),
    book('bands over a year', getBandHistory),
    book('scatter', getScatter),
    book('movers', getMovers),
  ];
}

const repeats = 5;

/** Asks every question several times, and the register for its second page too, one request after another. */
export async function benchReads(pool: Pool, workspaceId: number): Promise<ReadFigures> {
  const request = createFetch(pool, [...riskRoutes, ...portfolioRoutes], keyActor(workspaceId));
  const { owner, open } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ owner: number; open: number }>(sql`select (select min(id) from members where workspace_id = ${workspaceId})
      as owner, (select count(*) from risk_signals where workspace_id = ${workspaceId} and is_open) as open`),
  );
  const timed = new Map<string, number[]>();
  const ofKind: Record<Kind, number[]> = { register: [], groups: [], rules: [], portfolio: [] };
  const ask = async ({ kind, name, endpoint }: Question, query: Record<string, unknown>): Promise<string | null> => {
    const startedAt = performance.now();
    const answer = await request(addressOf(endpoint, { params: {}, query }, 'http://localhost'));
    const body = (await answer.json()) as { nextCursor?: string | null };
    const ms = performance.now() - startedAt;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    timed.set(name, [...(timed.get(name) ?? []), ms]);
    ofKind[kind].push(ms);
    return body.nextCursor ?? null;
  };
  for (const question of questionsOf(owner)) {
    for (let i = 0; i < repeats; i++) {
      const cursor = await ask(question, question.query);
      if (cursor !== null) await ask(question, { ...question.query, cursor });
    }
  }
  const kinds = Object.entries(ofKind).map(([kind, ms]) => [kind, figure(kind, ms)] as const);
  return { openRisks: open, ...(Object.fromEntries(kinds) as Record<Kind, Figure>), parts: figures(timed) };
}

/** The accounts of the account list with 2.4 open risks each, a past of openings and losses, and a year of bands. */
export async function fillReads(pool: Pool, accounts: number): Promise<number> {
  const workspaceId = await fillAccountList(pool, accounts);
  await transaction(pool, workspaceId, async (tx) => {
    for (const seed of seeders) await seed(tx, workspaceId);
    await fillRisks(tx, workspaceId);
    await fillPast(tx, workspaceId);
  });
  await pool.query('vacuum analyze risk_signals, risk_replays, account_losses, book_days');
  return workspaceId;
}

/** Each rule is open for a tenth of the accounts, since up to 200 days; a fifth of those had been open before. */
async function fillRisks(tx: Tx, w: number): Promise<void> {
  await tx.run(sql`with rules as (select key, definition, row_number() over (order by key) as n from risk_rules
        where workspace_id = ${w}),
      found as (select a.id, r.key, r.definition, abs(hashint8(a.id * 100 + r.n)::bigint) as h from accounts a, rules r
        where a.workspace_id = ${w} and abs(hashint8(a.id * 100 + r.n)::bigint) % 10 = 0),
      openings as (select *, now() - h % 200 * interval '1 day' - h % 86400 * interval '1 second' as at, true as open from found
        union all select *, now() - (200 + h % 300) * interval '1 day', false from found where h % 50 = 0)
    insert into risk_signals (workspace_id, account_id, rule_key, state, status, urgency, opened_at, respond_by, responded_at,
        resolved_at, is_open, dismissed)
    select ${w}::int, id, key, jsonb_build_object('phase', case when open then 'open' else 'resolved' end, 'status', 'new',
        'urgency', definition ->> 'urgency', 'openedAt', ms(at), 'respondBy', ms(at) + 172800000, 'respondedAt', null,
        'breachedAt', case when h % 3 = 0 then ms(at) + 172800000 end, 'snooze', null, 'reason', null, 'resolvedAt', null,
        'quietSince', null, 'resolution', null, 'cooldownUntil', null, 'pending', '[]'::jsonb, 'evidence', jsonb_build_array(
          jsonb_build_object('at', ms(at), 'lines', jsonb_build_array(jsonb_build_object('signal', 'usage.login_change',
            'value', -0.6, 'comparison', 'usage.login_change <= -0.5', 'holds', true, 'negated', false))))),
      case when not open then 'resolved' when h % 4 = 0 then 'acknowledged' else 'new' end, definition ->> 'urgency', at,
      at + interval '2 days', case when h % 4 = 0 then at + interval '1 day' end,
      case when not open then at + interval '30 days' end, open, not open and h % 7 = 0
    from openings order by at`);
}

/** Three openings an account that a back-fill found, a loss for a tenth, a year of bands of 60 owners and 3 tiers. */
async function fillPast(tx: Tx, w: number): Promise<void> {
  await tx.run(sql`insert into risk_replays (workspace_id, rule_key, account_id, opened_day, resolved_day)
    select ${w}::int, r.key, a.id, current_date - (210 + (h + n * 97) % 500)::int, current_date - (205 + (h + n * 97) % 500)::int
    from (select id, abs(hashint8(id)::bigint) as h from accounts where workspace_id = ${w}) a, generate_series(0, 2) n
    join risk_rules r on r.workspace_id = ${w} and r.shipped
    where hashtext(r.key || a.id || n) % 8 = 0
    on conflict do nothing`);
  await tx.run(sql`insert into account_losses (workspace_id, account_id, day, kind, arr_lost_minor)
    select ${w}::int, id, current_date - (h % 700)::int, case when h % 20 = 0 then 'churned' else 'shrank' end, 1000
    from (select id, abs(hashint8(id)::bigint) as h from accounts where workspace_id = ${w}) a where h % 10 = 0`);
  await tx.run(sql`insert into book_days (workspace_id, day, owner_id, tier, band, accounts, arr_minor)
    select ${w}::int, current_date - d, m.id, t, b, 180, 1000000 from generate_series(1, 365) d,
      (select id from members where workspace_id = ${w}) m, unnest(array['enterprise','mid_market','smb']) t,
      unnest(array['red','yellow','green']) b`);
}

import type { Fact, ReadFact } from '#contracts/facts.ts';
import { eventNameIds } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext, Outcome } from '../context.ts';

type FeatureFact = ReadFact<Fact<'features'>>;

/** Features and the events that count as their use. What past usage means changes with them: it is counted again. */
export async function writeFeatures(tx: Tx, context: FactContext, facts: readonly FeatureFact[]): Promise<Outcome[]> {
  const { workspaceId } = context;
  const lastOf = new Map(facts.map(({ fact }, i) => [fact.key, i]));
  const last = [...lastOf.values()].map((i) => facts[i]!);
  const results = await tx.many<{ key: string; outcome: Outcome }>({
    name: 'save-features',
    text: `with r as (
        select * from json_to_recordset($2) as r (key text, name text, area text, core boolean, advanced boolean, plans text[])),
      written as (
        insert into features as f (workspace_id, key, name, area, core, advanced, plans)
        select $1, key, coalesce(name, key), area, coalesce(core, false), coalesce(advanced, false), coalesce(plans, '{}') from r
        on conflict (workspace_id, key) do update set name = excluded.name, area = excluded.area, core = excluded.core,
          advanced = excluded.advanced, plans = excluded.plans
        where (f.name, f.area, f.core, f.advanced, f.plans) is distinct from
          (excluded.name, excluded.area, excluded.core, excluded.advanced, excluded.plans)
        returning key, xmax = 0 as added)
      select r.key, case when w.added then 'stored' when w.added is null then 'duplicate' else 'updated' end as outcome
        from r left join written w on w.key = r.key`,
    values: [workspaceId, JSON.stringify(last.map(({ fact }) => fact))],
  });
  const outcomes = new Map(results.map((row) => [row.key, row.outcome]));
  for (const key of await mapEvents(tx, workspaceId, last)) {
    if (outcomes.get(key) === 'duplicate') outcomes.set(key, 'updated');
  }
  if ([...outcomes.values()].some((outcome) => outcome !== 'duplicate')) await countAgain(tx, workspaceId);
  return facts.map(({ fact }, i) => (lastOf.get(fact.key) === i ? outcomes.get(fact.key)! : 'duplicate'));
}

/** Maps the events of each feature, and marks logins. Returns the keys of features whose events changed. */
async function mapEvents(tx: Tx, workspaceId: number, facts: readonly FeatureFact[]): Promise<Set<string>> {
  const pairs = facts.flatMap(({ fact }) =>
    (fact.events ?? [fact.key]).map((event) => ({ key: fact.key, event, login: fact.login ?? false })),
  );
  const ids = await eventNameIds(
    tx,
    workspaceId,
    pairs.map(({ event }) => ({ kind: 'track', name: event })),
  );
  const changed = await tx.many<{ key: string }>({
    name: 'map-feature-events',
    text: `with r as (
        select f.id as feature_id, r.* from unnest($2::text[], $3::int[], $4::boolean[]) as r (key, event, login)
          join features f on f.workspace_id = $1 and f.key = r.key),
      gone as (
        delete from feature_events e where e.workspace_id = $1 and e.feature_id in (select feature_id from r)
          and not exists (select 1 from r where r.feature_id = e.feature_id and r.event = e.event_name_id)
        returning e.feature_id),
      added as (
        insert into feature_events (workspace_id, feature_id, event_name_id)
        select distinct $1::int, feature_id, event from r on conflict do nothing returning feature_id),
      login as (
        update event_names n set is_login = true from r
         where r.login and n.workspace_id = $1 and n.id = r.event and not n.is_login returning r.feature_id)
      select distinct r.key from r where r.feature_id in
        (select feature_id from gone union select feature_id from added union select feature_id from login)`,
    values: [workspaceId, pairs.map((p) => p.key), ids, pairs.map((p) => p.login)],
  });
  return new Set(changed.map((row) => row.key));
}

async function countAgain(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run({
    text: `insert into stale_usage (workspace_id, account_id) select workspace_id, account_id from usage_accounts
      where workspace_id = $1 order by account_id on conflict do nothing`,
    values: [workspaceId],
  });
}

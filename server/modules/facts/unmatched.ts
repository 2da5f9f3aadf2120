/** Facts that found no account wait here with all they say (chapter 01: nothing is dropped). */
import type { FactKindName, ReadFact } from '#contracts/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext } from './context.ts';
import { uuidOf } from './keys.ts';

/** What is kept: the fields that were given, money in minor units of a named currency, times in UTC. */
export interface Kept {
  fact: Record<string, unknown>;
  currency: string;
}

export async function keepUnmatched(
  tx: Tx,
  context: FactContext,
  kind: FactKindName,
  waiting: readonly { reference: string; read: ReadFact<never> }[],
): Promise<void> {
  if (waiting.length === 0) return;
  const rows = waiting.map(({ reference, read }) => {
    const fact = read.fact as Record<string, unknown>;
    const kept: Kept = {
      fact: Object.fromEntries(Object.entries(fact).filter(([field]) => read.given.has(field))),
      currency: context.currency,
    };
    const id = typeof fact.id === 'string' ? fact.id : null;
    // Dated rows of one id (changes of a subscription, measures of a goal) are facts of their own.
    const key = uuidOf(id ?? kept.fact, fact.from, fact.measuredAt, fact.day);
    return { reference, key, payload: JSON.stringify(kept) };
  });
  const distinct = [...new Map(rows.map((row) => [`${row.reference}\0${row.key}`, row])).values()];
  await tx.run({
    name: 'keep-unmatched',
    text: `insert into unmatched_facts (workspace_id, source, kind, reference, fact_key, payload)
      select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::jsonb[])
      on conflict (workspace_id, source, reference, kind, fact_key) do update set payload = excluded.payload`,
    values: [
      context.workspaceId,
      context.source,
      kind,
      distinct.map((row) => row.reference),
      distinct.map((row) => row.key),
      distinct.map((row) => row.payload),
    ],
  });
}

export interface UnmatchedRow {
  source: string;
  reference: string;
  events: number;
  facts: number;
  firstSeen: Date;
  lastSeen: Date;
  example: unknown;
  suggestions: { id: number; name: string; reason: string }[];
}

/** References that found no account, those with most facts first, or those that were left out. Telemetry's own wait as events. */
export async function listUnmatched(
  tx: Tx,
  workspaceId: number,
  { limit, offset, ignored = false }: { limit: number; offset: number; ignored?: boolean },
): Promise<{ items: UnmatchedRow[]; total: number }> {
  const rows = await tx.many<UnmatchedRow & { total: number }>({
    text: listText,
    values: [workspaceId, limit, offset, ignored],
  });
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** How many references were left out as nobody's. */
export async function countIgnored(tx: Tx, workspaceId: number): Promise<number> {
  const { count } = await tx.one<{ count: number }>({
    text: 'select count(*) as count from ignored_references where workspace_id = $1',
    values: [workspaceId],
  });
  return count;
}

/** Who never signed in: any number of browsers, which nobody could settle one by one. */
export const visitors = '(anonymous)';

const listText = `
  with waiting as (
    select 'telemetry' as source, case when reference like 'anonymous:%' then '${visitors}' else reference end as reference,
        count(*) as events, 0 as facts, min(received_at) as first, max(received_at) as last
      from events where workspace_id = $1 and account_id is null and reference is not null group by 2
    union all
    select source, reference, 0, count(*), min(first_seen), max(first_seen)
      from unmatched_facts where workspace_id = $1 group by source, reference),
  listed as (
    select source, reference, sum(events)::bigint as events, sum(facts)::bigint as facts, min(first) as first, max(last) as last
      from waiting w where $4 = exists (select 1 from ignored_references i
        where i.workspace_id = $1 and i.source = w.source and i.reference = w.reference)
     group by source, reference),
  chosen as materialized (
    select *, count(*) over () as total,
        name_key(regexp_replace(regexp_replace(reference, '^[a-z]+:', ''), '\\.[a-z]{2,}$', '')) as plain
      from listed order by events + facts desc, source, reference limit $2 offset $3),
  -- The same beginning first: that is one pass over the names, where likeness alone would be one for each reference.
  alike as (
    select c.source, c.reference, l.account_id, row_number() over (
        partition by c.source, c.reference order by similarity(l.name_key, c.plain) desc, l.account_id) as place
      from chosen c join account_list l on l.workspace_id = $1 and not l.merged and left(l.name_key, 3) = left(c.plain, 3)
     where similarity(l.name_key, c.plain) > 0.35)
  select c.source, c.reference, c.events, c.facts, c.first as "firstSeen", c.last as "lastSeen", c.total,
    coalesce(
      (select jsonb_build_object('kind', f.kind) || (f.payload -> 'fact') from unmatched_facts f
        where f.workspace_id = $1 and f.source = c.source and f.reference = c.reference limit 1),
      (select jsonb_build_object('event', n.name, 'at', e.ts, 'properties', e.properties) from events e
        join event_names n on n.workspace_id = $1 and n.id = e.event_name_id
        where e.workspace_id = $1 and e.account_id is null and e.reference = c.reference limit 1),
      (select jsonb_build_object('event', n.name, 'at', e.ts, 'properties', e.properties) from events e
        join event_names n on n.workspace_id = $1 and n.id = e.event_name_id
        where c.reference = '${visitors}' and e.workspace_id = $1 and e.account_id is null
          and e.reference like 'anonymous:%' limit 1)) as example,
    coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'reason', 'the names are alike') order by k.place)
      from alike k join accounts a on a.workspace_id = $1 and a.id = k.account_id
      where k.source = c.source and k.reference = c.reference and k.place <= 3), '[]') as suggestions
  from chosen c
  order by c.events + c.facts desc, c.source, c.reference`;

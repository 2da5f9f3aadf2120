import { eventNameIds, recountDays } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { MatchedFact, Outcome, Writer } from '../context.ts';
import { partOf } from '../keys.ts';

/** What one row says about one event of one account, day and part; event 0 is the whole day. */
interface Cell {
  accountId: number;
  day: string;
  part: string;
  event: number;
  count: number | null;
  users: number | null;
  gone: boolean;
}

/** Daily counts: what is new, changed or gone is written, and the days that changed are counted again. */
export const writeDailyUsage: Writer<'daily_usage'> = async (tx, context, facts) => {
  const idOf = await eventIds(tx, context.workspaceId, facts);
  const known = await knownCounts(tx, context.workspaceId, facts);
  const changed = new Map<string, Cell>();
  // A file has few parts and many days.
  const parts = new Map<string, string>();
  const partFor = ({ reference, fact: { subscription, id } }: MatchedFact<'daily_usage'>): string => {
    if (id !== null) return partOf(context.source, reference, subscription, id);
    const key = `${reference}\0${subscription}`;
    const part = parts.get(key) ?? partOf(context.source, reference, subscription, null);
    parts.set(key, part);
    return part;
  };
  const outcomes = facts.map((matched): Outcome => {
    const part = partFor(matched);
    const key = `${matched.accountId}/${matched.fact.day}/${part}`;
    let held = known.get(key);
    const wasKnown = held !== undefined;
    if (!held) {
      held = new Map();
      known.set(key, held);
    }
    const changes = changesOf(matched, held, idOf);
    for (const { event, ...said } of changes) {
      const cell = { accountId: matched.accountId, day: matched.fact.day, part, event, ...said };
      changed.set(`${key}/${event}`, cell);
    }
    return changes.length === 0 ? 'duplicate' : wasKnown ? 'updated' : 'stored';
  });
  const cells = [...changed.values()];
  if (cells.length === 0) return outcomes;
  await saveCells(tx, context.workspaceId, cells);
  // It locks the accounts: of two files of one account, the second to come here sees what both have written.
  await recountDays(tx, context.workspaceId, distinctDays(cells));
  return outcomes;
};

interface Said {
  count: number | null;
  users: number | null;
}
type Held = Map<number, Said>;
type Change = Said & { event: number; gone: boolean };

/** What the row says differently from what is held, which is brought up to it. */
function changesOf({ fact }: MatchedFact<'daily_usage'>, held: Held, idOf: ReadonlyMap<string, number>): Change[] {
  const changes: Change[] = [];
  const say = (event: number, count: number | null, users: number | null) => {
    const before = held.get(event);
    if (before && before.count === count && before.users === users) return;
    held.set(event, { count, users });
    changes.push({ event, count, users, gone: false });
  };
  say(fact.event === null ? 0 : idOf.get(fact.event)!, fact.count, fact.users);
  for (const [name, count] of Object.entries(fact.counts ?? {})) {
    const event = idOf.get(name)!;
    // Of many counts in a row most are zeros: they are not written down, and take away what was.
    if (count !== 0) say(event, count, null);
    else if (held.delete(event)) changes.push({ event, count: null, users: null, gone: true });
  }
  return changes;
}

async function eventIds(tx: Tx, workspaceId: number, facts: readonly MatchedFact<'daily_usage'>[]) {
  const names = new Set<string>();
  for (const { fact } of facts) {
    if (fact.event !== null) names.add(fact.event);
    for (const name in fact.counts) names.add(name);
  }
  const list = [...names];
  const ids = await eventNameIds(
    tx,
    workspaceId,
    list.map((name) => ({ kind: 'track', name })),
  );
  return new Map(list.map((name, i) => [name, ids[i]!]));
}

/** account/day/part → event → what is held. */
async function knownCounts(
  tx: Tx,
  workspaceId: number,
  facts: readonly MatchedFact<'daily_usage'>[],
): Promise<Map<string, Held>> {
  const days = distinctDays(facts.map(({ accountId, fact }) => ({ accountId, day: fact.day })));
  const rows = await tx.many<{ key: string; event: number; count: number | null; users: number | null }>({
    name: 'known-usage-counts',
    text: `select concat_ws('/', c.account_id, c.day, c.part) as key, c.event_name_id as event, c.count, c.users
      from unnest($2::bigint[], $3::date[]) as k (account_id, day)
      join usage_counts c on c.workspace_id = $1 and c.account_id = k.account_id and c.day = k.day`,
    values: [workspaceId, days.map((d) => d.accountId), days.map((d) => d.day)],
  });
  const known = new Map<string, Held>();
  for (const { key, event, count, users } of rows) {
    let held = known.get(key);
    if (!held) {
      held = new Map();
      known.set(key, held);
    }
    held.set(event, { count, users });
  }
  return known;
}

async function saveCells(tx: Tx, workspaceId: number, cells: readonly Cell[]): Promise<void> {
  const values = (list: readonly Cell[]) => [
    workspaceId,
    list.map((c) => c.accountId),
    list.map((c) => c.day),
    list.map((c) => c.event),
    list.map((c) => c.part),
  ];
  const gone = cells.filter((cell) => cell.gone);
  const held = cells.filter((cell) => !cell.gone);
  if (gone.length > 0) {
    await tx.run({
      name: 'remove-usage-counts',
      text: `delete from usage_counts where workspace_id = $1 and (account_id, day, event_name_id, part) in
        (select * from unnest($2::bigint[], $3::date[], $4::int[], $5::bigint[]))`,
      values: values(gone),
    });
  }
  if (held.length > 0) {
    await tx.run({
      name: 'save-usage-counts',
      text: `insert into usage_counts (workspace_id, account_id, day, event_name_id, part, count, users)
        select $1, * from unnest($2::bigint[], $3::date[], $4::int[], $5::bigint[], $6::float8[], $7::int[])
        on conflict (workspace_id, account_id, day, event_name_id, part) do update
          set count = excluded.count, users = excluded.users`,
      values: [...values(held), held.map((c) => c.count), held.map((c) => c.users)],
    });
  }
}

function distinctDays(days: readonly { accountId: number; day: string }[]): { accountId: number; day: string }[] {
  return [...new Map(days.map(({ accountId, day }) => [`${accountId}/${day}`, { accountId, day }])).values()];
}

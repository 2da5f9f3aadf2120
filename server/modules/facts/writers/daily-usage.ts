import { markDirty } from '#server/modules/dirty/index.ts';
import { eventNameIds, recountDays } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext, MatchedFact, Outcome, Writer } from '../context.ts';
import { partOf } from '../keys.ts';

/** What one row says about one event of one account, day and part; event 0 is the whole day. */
interface Cell {
  row: number;
  accountId: number;
  day: string;
  part: string;
  event: number;
  /** 0 takes a count away, unless it speaks of the whole day */
  count: number | null;
  users: number | null;
}

/** Daily counts: what is new, changed or gone is written, and the days that changed are counted again. */
export const writeDailyUsage: Writer<'daily_usage'> = async (tx, context, facts) => {
  const cells = await cellsOf(tx, context, facts);
  const known = await knownCells(tx, context.workspaceId, cells);
  const outcomes = facts.map((): Outcome => 'duplicate');
  const changed: Cell[] = [];
  const wasKnown = new Set<number>();
  for (const cell of cells) {
    const before = known.get(keyOf(cell));
    if (before) wasKnown.add(cell.row);
    if (same(before, cell)) continue;
    changed.push(cell);
    outcomes[cell.row] = 'updated';
  }
  for (const [row, outcome] of outcomes.entries()) {
    if (outcome === 'updated' && !wasKnown.has(row)) outcomes[row] = 'stored';
  }
  if (changed.length === 0) return outcomes;
  // Locks the accounts, so that two files of one account are counted one after the other.
  await markDirty(
    tx,
    context.workspaceId,
    changed.map(({ accountId }) => ({ accountId, families: ['usage'], historyFrom: null })),
  );
  await saveCells(tx, context.workspaceId, changed);
  await recountDays(tx, context.workspaceId, distinctDays(changed));
  return outcomes;
};

/** The last row that speaks of a cell wins. */
async function cellsOf(tx: Tx, context: FactContext, facts: readonly MatchedFact<'daily_usage'>[]): Promise<Cell[]> {
  const names = new Set(
    facts.flatMap(({ fact }) => [...(fact.event ? [fact.event] : []), ...Object.keys(fact.counts ?? {})]),
  );
  const list = [...names];
  const ids = await eventNameIds(
    tx,
    context.workspaceId,
    list.map((name) => ({ kind: 'track', name })),
  );
  const idOf = new Map(list.map((name, i) => [name, ids[i]!]));
  const cells = new Map<string, Cell>();
  for (const [row, { fact, accountId, reference }] of facts.entries()) {
    const part = partOf(context.source, reference, fact.subscription, fact.id);
    const add = (event: number, count: number | null, users: number | null) => {
      const cell = { row, accountId, day: fact.day, part, event, count, users };
      cells.set(keyOf(cell), cell);
    };
    if (fact.event !== null) add(idOf.get(fact.event)!, fact.count, fact.users);
    else add(0, fact.count, fact.users);
    for (const [name, count] of Object.entries(fact.counts ?? {})) add(idOf.get(name)!, count, null);
  }
  return [...cells.values()];
}

function keyOf(cell: { accountId: number; day: string; part: string; event: number }): string {
  return `${cell.accountId}/${cell.day}/${cell.part}/${cell.event}`;
}

function same(before: { count: number | null; users: number | null } | undefined, cell: Cell): boolean {
  if (before === undefined) return isNothing(cell);
  return before.count === cell.count && before.users === cell.users;
}

/** An event that did not happen is not written down: wide files are mostly zeros. */
function isNothing(cell: Cell): boolean {
  return cell.event !== 0 && (cell.count ?? 0) === 0 && (cell.users ?? 0) === 0;
}

interface Known {
  accountId: number;
  day: string;
  part: string;
  event: number;
  count: number | null;
  users: number | null;
}

async function knownCells(tx: Tx, workspaceId: number, cells: readonly Cell[]): Promise<Map<string, Known>> {
  const days = distinctDays(cells);
  const rows = await tx.many<Known>({
    name: 'known-usage-counts',
    text: `select c.account_id as "accountId", c.day, c.part::text as part, c.event_name_id as event, c.count, c.users
      from unnest($2::bigint[], $3::date[]) as k (account_id, day)
      join usage_counts c on c.workspace_id = $1 and c.account_id = k.account_id and c.day = k.day`,
    values: [workspaceId, days.map((d) => d.accountId), days.map((d) => d.day)],
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function saveCells(tx: Tx, workspaceId: number, cells: readonly Cell[]): Promise<void> {
  const values = (list: readonly Cell[]) => [
    workspaceId,
    list.map((c) => c.accountId),
    list.map((c) => c.day),
    list.map((c) => c.event),
    list.map((c) => c.part),
  ];
  const gone = cells.filter(isNothing);
  const held = cells.filter((cell) => !isNothing(cell));
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

function distinctDays(cells: readonly Cell[]): { accountId: number; day: string }[] {
  return [...new Map(cells.map(({ accountId, day }) => [`${accountId}/${day}`, { accountId, day }])).values()];
}

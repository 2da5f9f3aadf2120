/** The book by day, band, owner and tier: what charts over time read. */
import { type Day, monthOf, toIso } from '#core/calendar/day.ts';
import { readHistories, valuesOf } from '#server/modules/signals/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';

/** One account on one day, as it stands in the book. */
export interface BookEntry {
  day: Day;
  /** null = nobody */
  ownerId: number | null;
  tier: string | null;
  /** null = insufficient data */
  band: string | null;
  arrMinor: number;
}

interface Cell {
  accounts: number;
  arrMinor: number;
}

/** Sums by day, owner, tier and band. An account without ARR is not in the book. */
export interface Book {
  add(entry: BookEntry): void;
  /** Replaces the stored book of these days. */
  save(tx: Tx, workspaceId: number, from: Day, to: Day): Promise<void>;
}

export function createBook(): Book {
  const cells = new Map<string, Cell>();
  return {
    add({ day, ownerId, tier, band, arrMinor }) {
      if (arrMinor <= 0) return;
      const key = `${day}\t${ownerId ?? 0}\t${tier ?? ''}\t${band ?? ''}`;
      const cell = cells.get(key) ?? { accounts: 0, arrMinor: 0 };
      cells.set(key, { accounts: cell.accounts + 1, arrMinor: cell.arrMinor + Math.round(arrMinor) });
    },
    save: (tx, workspaceId, from, to) => replaceDays(tx, workspaceId, from, to, cells),
  };
}

/** Their whole pasts are in memory together: 200 of them, of 18 months, took 200 MB and 1.6 s in one go. */
const accountsAtOnce = 20;

/**
 * Computes the book of past days again from the accounts' histories, in bounded memory, by the owners and tiers that
 * accounts have now.
 */
export async function rebuildBook(pool: Pool, workspaceId: number, from: Day, to: Day): Promise<void> {
  const book = createBook();
  let after = 0;
  for (;;) {
    const page = await transaction(pool, workspaceId, (tx) => addPage(tx, workspaceId, { from, to }, after, book));
    if (page.length < accountsAtOnce) break;
    after = page.at(-1)!;
  }
  await transaction(pool, workspaceId, (tx) => book.save(tx, workspaceId, from, to));
}

async function addPage(
  tx: Tx,
  workspaceId: number,
  range: { from: Day; to: Day },
  after: number,
  book: Book,
): Promise<number[]> {
  const accounts = await tx.many<{ id: number; owner_id: number | null; tier: string | null }>({
    text: `select a.id, a.owner_id, coalesce(a.tier, s.tier) as tier from accounts a
      left join account_states s on s.workspace_id = a.workspace_id and s.account_id = a.id
      where a.workspace_id = $1 and a.id > $2 and a.merged_into is null order by a.id limit ${accountsAtOnce}`,
    values: [workspaceId, after],
  });
  const ids = accounts.map((a) => a.id);
  const histories = await readHistories(tx, workspaceId, ids, { ...range, prefer: 'now' });
  for (const { id, owner_id: ownerId, tier } of accounts) {
    for (const record of histories.get(id) ?? []) {
      const arr = valuesOf(record)['contract.arr'];
      const arrMinor = typeof arr === 'number' ? arr : 0;
      book.add({ day: record.day, ownerId, tier, band: record.band, arrMinor });
    }
  }
  return ids;
}

async function replaceDays(
  tx: Tx,
  workspaceId: number,
  from: Day,
  to: Day,
  cells: ReadonlyMap<string, Cell>,
): Promise<void> {
  await tx.run({
    text: 'delete from book_days where workspace_id = $1 and day between $2 and $3',
    values: [workspaceId, toIso(from), toIso(to)],
  });
  const rows = [...cells].map(([key, cell]) => [...key.split('\t'), cell] as [string, string, string, string, Cell]);
  for (const own of Map.groupBy(rows, ([day]) => monthOf(Number(day))).values()) {
    await tx.run({
      text: `insert into book_days (workspace_id, day, owner_id, tier, band, accounts, arr_minor)
        select $1, k.* from unnest($2::date[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::bigint[]) as k`,
      values: [
        workspaceId,
        own.map((r) => toIso(Number(r[0]))),
        own.map((r) => r[1]),
        own.map((r) => r[2]),
        own.map((r) => r[3]),
        own.map((r) => r[4].accounts),
        own.map((r) => r[4].arrMinor),
      ],
    });
  }
}

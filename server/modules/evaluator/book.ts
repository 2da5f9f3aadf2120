/** The book by day, band, owner and tier: what charts over time read. */
import { type Day, monthOf, toIso } from '#core/calendar/day.ts';
import { readHistories, valuesOf } from '#server/modules/signals/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';

/** Writes one day from the states as they are now. Owner 0 is nobody; band '' is insufficient data. */
export async function closeBookDay(tx: Tx, workspaceId: number, day: string): Promise<void> {
  await tx.run({ text: 'delete from book_days where workspace_id = $1 and day = $2', values: [workspaceId, day] });
  await tx.run({
    text: `insert into book_days (workspace_id, day, owner_id, tier, band, accounts, arr_minor)
      select s.workspace_id, $2, coalesce(a.owner_id, 0), coalesce(s.tier, ''), coalesce(s.band, ''), count(*), coalesce(sum(s.arr_minor), 0)
      from account_states s join accounts a on a.workspace_id = s.workspace_id and a.id = s.account_id
      where s.workspace_id = $1 and s.arr_minor > 0 group by 1, 3, 4, 5`,
    values: [workspaceId, day],
  });
}

interface Cell {
  accounts: number;
  arrMinor: number;
}

const accountsAtOnce = 200;

/** Computes the book of past days again from the accounts' histories, in bounded memory. */
export async function rebuildBook(pool: Pool, workspaceId: number, from: Day, to: Day): Promise<void> {
  const cells = new Map<string, Cell>();
  let after = 0;
  for (;;) {
    const page = await transaction(pool, workspaceId, async (tx) => {
      const accounts = await tx.many<{ id: number; owner: number; tier: string }>({
        text: `select a.id, coalesce(a.owner_id, 0) as owner, coalesce(s.tier, '') as tier from accounts a
          left join account_states s on s.workspace_id = a.workspace_id and s.account_id = a.id
          where a.workspace_id = $1 and a.id > $2 and a.merged_into is null order by a.id limit ${accountsAtOnce}`,
        values: [workspaceId, after],
      });
      const histories = await readHistories(
        tx,
        workspaceId,
        accounts.map((a) => a.id),
        { from, to, prefer: 'now' },
      );
      for (const { id, owner, tier } of accounts) {
        for (const record of histories.get(id) ?? []) {
          const arr = valuesOf(record)['contract.arr'];
          if (typeof arr !== 'number' || arr <= 0) continue;
          const key = `${record.day}\t${owner}\t${tier}\t${record.band ?? ''}`;
          const cell = cells.get(key) ?? { accounts: 0, arrMinor: 0 };
          cells.set(key, { accounts: cell.accounts + 1, arrMinor: cell.arrMinor + Math.round(arr) });
        }
      }
      return accounts;
    });
    if (page.length < accountsAtOnce) break;
    after = page.at(-1)!.id;
  }
  await transaction(pool, workspaceId, (tx) => replaceDays(tx, workspaceId, from, to, cells));
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

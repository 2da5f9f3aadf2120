/** Filling in the past of one custom signal that nothing is judged by yet: a long work, and a short one. */
import { type Day, dayOf } from '#core/calendar/day.ts';
import { queueWork, type WorkContext, type WorkHandler } from '#server/modules/workspace/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { eventPasts, type KeyedCustomSignal, loadCustomSignals } from './custom.ts';
import { lockToWriteColumns, writeCustomColumns } from './custom-columns.ts';
import { firstUsageDays } from './custom-events.ts';

const kind = 'custom-past';
const accountsAtOnce = 100;

export const signalWorks: readonly WorkHandler[] = [{ kind, run: fillCustomPast }];

/** Has the past of a signal filled in for every account; only of one that no scorecard and no rule reads. */
export async function queueCustomPast(tx: Tx, workspaceId: number, key: string, title: string): Promise<void> {
  await queueWork(tx, workspaceId, kind, `Filling in the past of “${title}”`, { key });
}

async function fillCustomPast({ pool, workspaceId, detail, progress }: WorkContext): Promise<void> {
  const key = String(detail.key);
  const { total } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ total: number }>({
      text: 'select count(*) as total from accounts where workspace_id = $1 and merged_into is null',
      values: [workspaceId],
    }),
  );
  let done = 0;
  for (let after: number | null = 0; after !== null; ) {
    const last: number = after;
    const ids = await transaction(pool, workspaceId, async (tx) => {
      await lockToWriteColumns(tx, workspaceId);
      return fillNext(tx, workspaceId, key, last);
    });
    after = ids.at(-1) ?? null;
    done += ids.length;
    await progress(done, total);
  }
}

/** The accounts that follow an id; none when there are no more, or when the signal is gone. */
async function fillNext(tx: Tx, workspaceId: number, key: string, after: number): Promise<number[]> {
  const signal = (await loadCustomSignals(tx, workspaceId)).find((one) => one.key === key);
  if (signal === undefined) return [];
  const { time_zone: timeZone } = await tx.one<{ time_zone: string }>({
    text: 'select time_zone from workspaces where id = $1',
    values: [workspaceId],
  });
  const accounts = await tx.many<{ id: number; from: Day | null }>({
    name: 'accounts-with-pasts',
    text: `select a.id, (select day_number(min(h.month)) from account_histories h
          where h.workspace_id = a.workspace_id and h.account_id = a.id and h.reading = 'now') as from
      from accounts a where a.workspace_id = $1 and a.id > $2 and a.merged_into is null order by a.id limit ${accountsAtOnce}`,
    values: [workspaceId, after],
  });
  const known = accounts.filter((account): account is { id: number; from: Day } => account.from !== null);
  if (known.length > 0) await fillKnown(tx, workspaceId, signal, known, timeZone);
  return accounts.map(({ id }) => id);
}

async function fillKnown(
  tx: Tx,
  workspaceId: number,
  { key, definition }: KeyedCustomSignal,
  accounts: readonly { id: number; from: Day }[],
  timeZone: string,
): Promise<void> {
  const range = { from: Math.min(...accounts.map(({ from }) => from)), to: dayOf(Date.now(), timeZone) - 1 };
  const firstDays = await firstUsageDays(
    tx,
    workspaceId,
    accounts.map(({ id }) => id),
  );
  // Attributes have no dates: of the days before the signal was made nothing is known.
  const found =
    definition.kind === 'events'
      ? await eventPasts(tx, workspaceId, firstDays, definition, range, timeZone)
      : new Map<number, null[]>();
  const nothing = Array.from({ length: range.to - range.from + 1 }, () => null);
  const columns = accounts.map(({ id }) => ({ accountId: id, from: range.from, values: found.get(id) ?? nothing }));
  await writeCustomColumns(tx, workspaceId, key, columns);
}

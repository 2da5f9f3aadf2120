/** The book of past days follows the pasts of accounts with some delay: one late event must not cost a pass over all of them. */
import { type Day, dayOf, fromIso } from '#core/calendar/day.ts';
import { exclusively } from '#server/platform/db/exclusive.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { rebuildBook } from './book.ts';

export async function markBookStale(tx: Tx, workspaceId: number, fromDay: string): Promise<void> {
  await tx.run({
    name: 'mark-book-stale',
    text: `insert into stale_books as s (workspace_id, from_day) values ($1, $2)
      on conflict (workspace_id) do update set from_day = least(s.from_day, excluded.from_day),
        generation = s.generation + 1`,
    values: [workspaceId, fromDay],
  });
}

/** Books further back than this are not kept. */
const mostDaysBack = 5 * 366;
const leastPauseMs = 60_000;
/** Of a process's time, at most one part in so many goes into books. */
const share = 20;
const restUntil = new Map<number, number>();

/**
 * Rebuilds the book from its first stale day on. Not `patient`: at once; otherwise only when enough time has passed since
 * this process last did so. Returns whether it was rebuilt.
 */
export async function refreshBook(
  pool: Pool,
  workspaceId: number,
  now: number,
  { patient }: { patient: boolean },
): Promise<boolean> {
  if (patient && (restUntil.get(workspaceId) ?? 0) > performance.now()) return false;
  const startedAt = performance.now();
  const done = await exclusively(pool, `book ${workspaceId}`, () => rebuildStale(pool, workspaceId, now));
  const tookMs = performance.now() - startedAt;
  if (done) restUntil.set(workspaceId, performance.now() + Math.max(leastPauseMs, share * tookMs));
  return done ?? false;
}

async function rebuildStale(pool: Pool, workspaceId: number, now: number): Promise<boolean> {
  const stale = await transaction(pool, workspaceId, (tx) =>
    tx.maybe<{ from_day: string; generation: number; time_zone: string }>({
      name: 'stale-book',
      text: `select s.from_day, s.generation, w.time_zone from stale_books s join workspaces w on w.id = s.workspace_id
        where s.workspace_id = $1`,
      values: [workspaceId],
    }),
  );
  if (!stale) return false;
  const yesterday = dayOf(now, stale.time_zone) - 1;
  const from: Day = Math.max(fromIso(stale.from_day)!, yesterday - mostDaysBack);
  if (from <= yesterday) await rebuildBook(pool, workspaceId, from, yesterday);
  await transaction(pool, workspaceId, (tx) =>
    tx.run({
      text: 'delete from stale_books where workspace_id = $1 and generation = $2',
      values: [workspaceId, stale.generation],
    }),
  );
  return true;
}

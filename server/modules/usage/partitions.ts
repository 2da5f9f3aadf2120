/** Raw events live in monthly partitions, made when the first event of a month comes. */
import type { Tx } from '#server/platform/db/pool.ts';

/** Partitions are never dropped while the server runs, so one known to be there stays known. */
const known = new Set<string>();

export async function ensurePartitions(tx: Tx, events: readonly { at: number }[]): Promise<void> {
  const months = new Set<string>();
  for (const { at } of events) months.add(new Date(at).toISOString().slice(0, 7));
  for (const month of months) {
    if (known.has(month) || month < '2010') continue;
    // Not remembered when this transaction makes it: it may be rolled back.
    const { there } = await tx.one<{ there: boolean }>({
      text: `select to_regclass('events_' || replace($1, '-', '_')) is not null as there`,
      values: [month],
    });
    if (there) known.add(month);
    else await tx.run({ text: 'select ensure_events_partition($1::date)', values: [`${month}-01`] });
  }
}

/** As `ensurePartitions`, for months as '2026-03', whatever was known before. */
export async function ensureMonths(tx: Tx, months: Iterable<string>): Promise<void> {
  await tx.run({
    text: `select ensure_events_partition((month || '-01')::date) from unnest($1::text[]) month where month >= '2010'`,
    values: [[...months]],
  });
}

import sql from 'sql-template-tag';
import type { Statement, Tx } from './pool.ts';

/**
 * For a statement that reads a whole book in a few passes. The planner knows nothing of how many rows a signal or an
 * attribute leaves, takes them for few and loops over an index (0.2 s for a third of 100 000 accounts): it shall join by
 * hash. And it shall share passes among processes from about 30 000 rows on, where by its own figures it does so from
 * millions: waiting for one costs a few milliseconds, not thirty.
 */
const settings: Statement = sql`select set_config('enable_nestloop', 'off', true),
  set_config('parallel_setup_cost', '300', true), set_config('parallel_tuple_cost', '0.001', true),
  set_config('min_parallel_table_scan_size', '2MB', true)`;
const usual: Statement = sql`select set_config('enable_nestloop', 'on', true),
  set_config('parallel_setup_cost', '1000', true), set_config('parallel_tuple_cost', '0.1', true),
  set_config('min_parallel_table_scan_size', '8MB', true)`;

/** Runs statements that pass over a whole book; what follows in the transaction is planned as usual. */
export async function inOnePass<T>(tx: Tx, read: (tx: Tx) => Promise<T>): Promise<T> {
  await tx.run(settings);
  const result = await read(tx);
  await tx.run(usual);
  return result;
}

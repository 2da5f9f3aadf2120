/** The signals of every account as they stand, in batches and only those asked for. */
import type { SignalValue } from '#core/condition/types.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Statement, Tx } from '#server/platform/db/pool.ts';

export interface BookAccount {
  id: number;
  arrMinor: number | null;
  values: Record<string, SignalValue>;
}

const batchRows = 5_000;
const booleans: ReadonlySet<string> = new Set(CATALOGUE.filter(({ type }) => type === 'boolean').map(({ key }) => key));

type Row = Record<string, number | string | boolean | null> & { id: number; arr: number | null };

/**
 * All judged accounts with the values of `keys`, 5 000 at a time: memory holds two batches. The database makes one while
 * the caller works on the other; the whole book is one snapshot.
 */
export async function* readBook(
  tx: Tx,
  workspaceId: number,
  keys: readonly string[],
): AsyncGenerator<BookAccount[], void, undefined> {
  await tx.run(declareBook(workspaceId, keys));
  const fetch = { text: `fetch ${batchRows} from book`, values: [] };
  let coming = tx.many<Row>(fetch);
  for (;;) {
    const rows = await coming;
    if (rows.length === 0) break;
    coming = tx.many<Row>(fetch);
    // a rejection that comes while the caller works is met at the next await
    coming.catch(() => undefined);
    yield rows.map((row) => ({ id: row.id, arrMinor: row.arr, values: valuesFrom(row, keys) }));
  }
  await tx.run({ text: 'close book', values: [] });
}

function declareBook(workspaceId: number, keys: readonly string[]): Statement {
  const values: unknown[] = [workspaceId];
  const columns = keys.map((key, i) => `${column(key, values)} as "k${i}"`);
  return {
    text: `declare book no scroll cursor for select s.account_id as id, s.arr_minor as arr${columns.map((one) => `, ${one}`).join('')}
      from account_states s ${keys.some((key) => key.startsWith('account.')) ? joinList : ''} where s.workspace_id = $1`,
    values,
  };
}

const joinList = 'join account_list l on l.workspace_id = s.workspace_id and l.account_id = s.account_id';

function column(key: string, values: unknown[]): string {
  if (key === 'account.tier') return 'l.tier';
  if (key === 'account.stage') return 'l.stage';
  // a slot is a number of the catalogue, never what a request holds
  if (isSignalKey(key)) return `s.signals[${SIGNAL_KEYS.indexOf(key) + 1}]`;
  return `s.custom -> $${values.push(key)}`;
}

function valuesFrom(row: Row, keys: readonly string[]): Record<string, SignalValue> {
  const found: Record<string, SignalValue> = {};
  for (const [i, key] of keys.entries()) {
    const value = row[`k${i}`] ?? null;
    found[key] = value !== null && booleans.has(key) ? value === 1 : value;
  }
  return found;
}

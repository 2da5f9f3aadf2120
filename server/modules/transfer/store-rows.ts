/** Puts the lines of one table into the database. */
import type { Tx } from '#server/platform/db/pool.ts';
import type { Batch } from './lines.ts';
import { RestoreError } from './restore-error.ts';
import type { Shape } from './shape.ts';

/** @throws RestoreError that names the line which the database refuses */
export async function storeBatch(
  tx: Tx,
  { workspaceId, shape, file }: { workspaceId: number; shape: Shape; file: string },
  batch: Batch,
): Promise<void> {
  const columns = shape.columns.map((name) => `"${name}"`).join(', ');
  const insert = (lines: readonly string[]) =>
    tx.run({
      text: `insert into ${shape.table} (workspace_id, ${columns}) overriding system value
        select $1, ${columns} from json_populate_recordset(null::${shape.table}, $2::json)`,
      values: [workspaceId, asArray(lines)],
    });
  const fault = await attempt(tx, () => insert(batch.lines));
  if (fault === null) return;
  // Halves, so that the line is found in some tries of thousands.
  let { first, lines } = batch;
  let cause: Error = fault;
  while (lines.length > 1) {
    const half = lines.slice(0, Math.ceil(lines.length / 2));
    const found = await attempt(tx, () => insert(half));
    if (found) [lines, cause] = [half, found];
    else [first, lines] = [first + half.length, lines.slice(half.length)];
  }
  cause = (await attempt(tx, () => insert(lines))) ?? cause;
  throw new RestoreError(file, first, explained(cause), { cause });
}

/** The lines as one JSON text. */
export function asArray(lines: readonly string[]): string {
  return `[${lines.join(',')}]`;
}

/** What the database refused, with nothing of it left behind; null when it went well. */
async function attempt(tx: Tx, work: () => Promise<unknown>): Promise<Error | null> {
  await tx.run({ text: 'savepoint rows', values: [] });
  try {
    await work();
    await tx.run({ text: 'release savepoint rows', values: [] });
    return null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await tx.run({ text: 'rollback to savepoint rows', values: [] });
    return error as Error;
  }
}

/** Data exceptions and integrity violations: classes 22 and 23 of SQLSTATE. Anything else is not the fault of a line. */
function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^2[23]/.test(code);
}

function explained(cause: Error): string {
  if ((cause as { constraint?: string }).constraint === 'write_keys_key_key') {
    return 'this write key is in use here: the workspace it comes from is in this installation';
  }
  return cause.message;
}

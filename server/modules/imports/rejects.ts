/** Lines that were set aside, as the CSV file that a person corrects and sends again. */

import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { csvLine } from '#server/platform/http/csv.ts';
import { CsvReader } from './csv.ts';
import type { FileFormat } from './format.ts';
import { asGiven, isReturned, ownColumns, withAdded } from './returned.ts';

const rowsAtOnce = 1000;

interface Reject {
  line: number;
  reason: string;
  raw: string;
}

/** The columns of the file, then `line` and `reason`. Streamed: there may be millions. */
export function rejectsFile(
  pool: Pool,
  workspaceId: number,
  importId: number,
  format: FileFormat,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = -1;
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        controller.enqueue(encoder.encode(csvLine(withAdded(ownColumns(format)))));
      }
      const rows = await transaction(pool, workspaceId, (tx) =>
        tx.many<Reject>({
          text: `select line, reason, raw from import_rejects
            where workspace_id = $1 and import_id = $2 and line > $3 order by line limit $4`,
          values: [workspaceId, importId, after, rowsAtOnce],
        }),
      );
      after = rows.at(-1)?.line ?? after;
      if (rows.length === 0) controller.close();
      else controller.enqueue(encoder.encode(rows.map((row) => lineOf(row, format)).join('')));
    },
  });
}

function lineOf({ line, reason, raw }: Reject, format: FileFormat): string {
  const cells = format.kind === 'csv' ? cellsOf(raw, format) : valuesOf(raw, format);
  const given = format.kind === 'csv' && isReturned(format) ? cells.map(asGiven) : cells;
  const filled = ownColumns(format).map((_, i) => given[i] ?? '');
  return csvLine([...filled, line, reason]);
}

/** A line that no parser can read stands in the first column as it is. */
function cellsOf(raw: string, { delimiter, newline }: FileFormat): string[] {
  const reader = new CsvReader(delimiter, newline);
  return [...reader.push(raw), ...reader.end()][0]?.cells ?? [raw];
}

function valuesOf(raw: string, { columns }: FileFormat): string[] {
  try {
    const object = JSON.parse(raw) as Record<string, unknown>;
    return columns.map((column) => {
      const value = object[column] ?? '';
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
  } catch {
    return [raw];
  }
}

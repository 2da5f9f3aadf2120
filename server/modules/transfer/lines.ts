/** Lines of the files of an export, in batches that memory holds, each with its number. */
import type { ZipEntry } from '#server/platform/zip/read.ts';
import { RestoreError } from './restore-error.ts';

export interface Batch {
  /** number of the first line, from 1 */
  first: number;
  lines: string[];
}

const batchLines = 2_000;
const batchBytes = 4 * 1024 ** 2;
/** The widest row is a month of an account's past: far below. */
const longestLineBytes = 64 * 1024 ** 2;

/** @throws RestoreError or ZipError */
export async function* readBatches(entry: ZipEntry): AsyncGenerator<Batch> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let batch: Batch = { first: 1, lines: [] };
  let bytes = 0;
  for await (const chunk of entry.read()) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, end)]);
      pending = [];
      pendingBytes = 0;
      from = end + 1;
      batch.lines.push(line.toString());
      bytes += line.length;
      if (batch.lines.length < batchLines && bytes < batchBytes) continue;
      yield batch;
      batch = { first: batch.first + batch.lines.length, lines: [] };
      bytes = 0;
    }
    pending.push(chunk.subarray(from));
    pendingBytes += chunk.length - from;
    if (pendingBytes > longestLineBytes) {
      throw new RestoreError(entry.name, batch.first + batch.lines.length, 'the line is longer than any of an export');
    }
  }
  if (pendingBytes > 0) batch.lines.push(Buffer.concat(pending).toString());
  if (batch.lines.length > 0) yield batch;
}

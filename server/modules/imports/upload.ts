/** A file from a request onto the disk, piece by piece; never held in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ColumnSample } from '#contracts/guess.ts';
import { invalidField, tooLarge } from '#server/errors.ts';
import type { FileFormat } from './format.ts';
import { readRecords } from './records.ts';

export const longestFileBytes = 4 * 1024 ** 3;
const samplesPerColumn = 5;
const recordsLookedAt = 200;

export interface Uploaded {
  /** name below the folder */
  file: string;
  bytes: number;
  contentHash: string;
}

/** Saves the body under a name of its own in the folder. What was half sent leaves nothing behind. */
export async function saveUpload(request: Request, folder: string): Promise<Uploaded> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > longestFileBytes) throw tooLarge('A file may have 4 GB.');
  if (!request.body) throw invalidField('', 'the file is empty');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = randomUUID();
  const path = join(folder, file);
  const hash = createHash('sha256');
  let bytes = 0;
  async function* measured() {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > longestFileBytes) throw tooLarge('A file may have 4 GB.');
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(measured, createWriteStream(`${path}.part`, { flags: 'wx', mode: 0o600 }));
    if (bytes === 0) throw invalidField('', 'the file is empty');
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  }
  return { file, bytes, contentHash: hash.digest('hex') };
}

/** The columns with a few different values of each, from the first records. */
export async function sampleColumns(path: string, format: FileFormat): Promise<ColumnSample[]> {
  const samples = new Map(format.columns.map((name) => [name, new Set<string>()]));
  let seen = 0;
  for await (const records of readRecords(path, format)) {
    for (const { values } of records.slice(0, recordsLookedAt - seen)) {
      for (const [name, found] of samples) {
        const value = values?.[name] ?? '';
        const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);
        if (text.trim() !== '' && found.size < samplesPerColumn) found.add(text.toWellFormed().replaceAll('\0', ''));
      }
    }
    seen += records.length;
    if (seen >= recordsLookedAt) break;
  }
  return format.columns.map((name) => ({ name, samples: [...samples.get(name)!] }));
}

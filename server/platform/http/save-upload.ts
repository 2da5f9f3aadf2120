/** A file from a request onto the disk, piece by piece; never held in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { invalidField, tooLarge } from '#server/errors.ts';

const longestFileBytes = 4 * 1024 ** 3;

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

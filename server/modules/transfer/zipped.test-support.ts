/** Zip files as texts by name, for tests. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openZip } from '#server/platform/zip/read.ts';
import { createZip } from '#server/platform/zip/write.ts';

export type ZippedFiles = Map<string, string>;

export async function packed(files: ReadonlyMap<string, string>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = createZip(async (chunk) => void chunks.push(chunk), new Date('2026-03-05T00:00:00Z'));
  for (const [name, text] of files) await zip.add(name, once(text));
  await zip.close();
  return Buffer.concat(chunks);
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** @param folder where the file may lie for a moment */
export async function unpacked(bytes: Buffer, folder: string): Promise<ZippedFiles> {
  const path = join(folder, `${randomUUID()}.zip`);
  await writeFile(path, bytes);
  const zip = await openZip(path);
  const files: ZippedFiles = new Map();
  for (const { name, read } of zip.entries.values()) {
    files.set(name, Buffer.concat(await Array.fromAsync(read())).toString());
  }
  await zip.close();
  await rm(path);
  return files;
}

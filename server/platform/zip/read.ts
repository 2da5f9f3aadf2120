/** Reads a zip file from the disk, one of its files at a time and piece by piece; each is held against its checksum. */
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

/** The file is not a zip, or is damaged; the message is for people. */
export class ZipError extends Error {
  override name = 'ZipError';
}

export interface ZipEntry {
  name: string;
  bytes: number;
  /** Its content. @throws ZipError when it is damaged, at the latest at its end */
  read(): AsyncGenerator<Buffer>;
}

export interface ZipFile {
  /** by name */
  entries: ReadonlyMap<string, ZipEntry>;
  close(): Promise<void>;
}

interface Listed {
  name: string;
  method: number;
  crc: number;
  bytes: number;
  packedBytes: number;
  offset: number;
}

const full32 = 0xffff_ffff;
const full16 = 0xffff;
const endBytes = 22;
const longestComment = 65_535;
/** Ours lists some dozens of files; a list beyond this is no export of anybody. */
const longestDirectory = 16 * 1024 ** 2;
const stored = 0;
const deflated = 8;

/** @throws ZipError when it is no zip; what is inside is checked as it is read */
export async function openZip(path: string): Promise<ZipFile> {
  const file = await open(path);
  try {
    const entries = await listEntries(file);
    return {
      entries: new Map(entries.map((entry) => [entry.name, readable(file, entry)])),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function listEntries(file: FileHandle): Promise<Listed[]> {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - endBytes - longestComment);
  const tail = await readAt(file, tailStart, size - tailStart);
  const end = findEnd(tail);
  const short = { start: tail.readUInt32LE(end + 16), bytes: tail.readUInt32LE(end + 12) };
  const isLong = short.start === full32 || short.bytes === full32 || tail.readUInt16LE(end + 10) === full16;
  const { start, bytes } = (isLong ? await findLong(file, tailStart + end) : null) ?? short;
  if (bytes > longestDirectory || start + bytes > size)
    throw new ZipError('The zip file is damaged: its list of files is.');
  return parseDirectory(await readAt(file, start, bytes));
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    const ends = tail.readUInt32LE(at) === 0x06054b50 && at + endBytes + tail.readUInt16LE(at + 20) === tail.length;
    if (ends) return at;
  }
  throw new ZipError('This is not a zip file, or its end is missing: was it downloaded completely?');
}

async function findLong(file: FileHandle, end: number): Promise<{ start: number; bytes: number } | null> {
  if (end < 20) return null;
  const locator = await readAt(file, end - 20, 20);
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const long = await readAt(file, Number(locator.readBigUInt64LE(8)), 56);
  if (long.readUInt32LE(0) !== 0x06064b50) throw new ZipError('The zip file is damaged: its list of files is.');
  return { start: Number(long.readBigUInt64LE(48)), bytes: Number(long.readBigUInt64LE(40)) };
}

function parseDirectory(directory: Buffer): Listed[] {
  const entries: Listed[] = [];
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new ZipError('The zip file is damaged: its list of files is.');
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + 46, nameEnd);
    if (directory.readUInt16LE(at + 8) & 1) throw new ZipError(`${name} is encrypted.`);
    const short = {
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    if (!name.endsWith('/')) entries.push(withLong(short, directory.subarray(nameEnd, extraEnd)));
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Fills in what did not fit into four bytes, which the zip64 field holds in this order. */
function withLong(short: Listed, extra: Buffer): Listed {
  const entry = { ...short };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let place = at + 4;
    for (const field of ['bytes', 'packedBytes', 'offset'] as const) {
      if (entry[field] !== full32 || place + 8 > extra.length) continue;
      entry[field] = Number(extra.readBigUInt64LE(place));
      place += 8;
    }
  }
  return entry;
}

function readable(file: FileHandle, entry: Listed): ZipEntry {
  const { name, bytes } = entry;
  async function* read() {
    const damaged = (cause?: unknown) => new ZipError(`${name} is damaged in the zip file.`, { cause });
    let crc = 0;
    let seen = 0;
    try {
      for await (const chunk of await unpacked(file, entry)) {
        seen += chunk.length;
        // A small file must not unpack to what fills the disk.
        if (seen > bytes) throw damaged();
        crc = crc32(chunk, crc);
        yield chunk;
      }
    } catch (error) {
      if (String((error as { code?: unknown } | null)?.code).startsWith('Z_')) throw damaged(error);
      throw error;
    }
    if (seen !== bytes || crc !== entry.crc) throw damaged();
  }
  return { name, bytes, read };
}

async function unpacked(file: FileHandle, entry: Listed): Promise<AsyncIterable<Buffer>> {
  const { name, method, offset, packedBytes } = entry;
  if (method !== stored && method !== deflated) throw new ZipError(`${name} is packed in a way that is not read.`);
  const head = await readAt(file, offset, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) throw new ZipError(`${name} is damaged in the zip file.`);
  const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const raw = pieces(file, start, start + packedBytes);
  // Its errors reach whoever reads the last stream.
  return method === stored ? raw : pipeline(raw, createInflateRaw(), () => undefined);
}

const pieceBytes = 64 * 1024;

async function* pieces(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += pieceBytes) yield await readAt(file, at, Math.min(pieceBytes, end - at));
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) throw new ZipError('The zip file is damaged: it ends too early.');
  return buffer;
}

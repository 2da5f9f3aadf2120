/**
 * Writes a zip file while its content comes in (PKWARE APPNOTE 6.3): nothing is held but the list of files. Node has
 * deflate but not the container; the packages that write it also unpack to disks and pack in memory, which is not needed.
 */
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipWriter {
  /** Adds a file, and waits wherever `write` does. @throws RangeError when it has 4 GiB or more: begin another one */
  add(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the list of files; without it a file is not a zip. */
  close(): Promise<void>;
}

interface Entry {
  name: Buffer;
  crc: number;
  bytes: number;
  packedBytes: number;
  offset: number;
}

/** The most that four bytes hold; a field with it says that the value stands in its zip64 form. */
const full32 = 0xffff_ffff;
const full16 = 0xffff;
/** sizes follow the content, names are UTF-8 */
const flags = 0x0808;
const deflated = 8;
const plainVersion = 20;
const zip64Version = 45;
/** A quarter larger than at 6, in half of the time. */
const level = 4;

/** `zip64From` is the offset from which the long form is written; smaller than 4 GiB in tests only. */
export function createZip(
  write: (chunk: Uint8Array) => Promise<void>,
  at: Date,
  { zip64From = full32 } = {},
): ZipWriter {
  const entries: Entry[] = [];
  const stamp = dosTime(at);
  let offset = 0;
  const send = async (chunk: Uint8Array) => {
    offset += chunk.byteLength;
    await write(chunk);
  };
  return {
    async add(name, content) {
      const entry: Entry = { name: Buffer.from(name), crc: 0, bytes: 0, packedBytes: 0, offset };
      const { length } = entry.name;
      await send(record('04034b50', '222444422', [plainVersion, flags, deflated, stamp, 0, 0, 0, length, 0]));
      await send(entry.name);
      async function* measured() {
        for await (const chunk of content) {
          entry.crc = crc32(chunk, entry.crc);
          entry.bytes += chunk.byteLength;
          yield chunk;
        }
      }
      await pipeline(measured, createDeflateRaw({ level }), async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) {
          entry.packedBytes += chunk.byteLength;
          await send(chunk);
        }
      });
      if (entry.bytes >= full32 || entry.packedBytes >= full32) throw new RangeError(`${name} has 4 GiB or more`);
      await send(record('08074b50', '444', [entry.crc, entry.packedBytes, entry.bytes]));
      entries.push(entry);
    },
    async close() {
      const start = offset;
      for (const entry of entries) {
        await send(directoryEntry(entry, stamp, zip64From));
      }
      const size = offset - start;
      const many = entries.length;
      if (start >= zip64From || many >= full16) {
        const at64 = offset;
        const about = [44, zip64Version, zip64Version, 0, 0, many, many, size, start];
        await send(record('06064b50', '822448888', about));
        await send(record('07064b50', '484', [0, at64, 1]));
      }
      const short = Math.min(many, full16);
      const place = start >= zip64From ? full32 : start;
      await send(record('06054b50', '2222442', [0, 0, short, short, size, place, 0]));
    },
  };
}

function directoryEntry({ name, crc, bytes, packedBytes, offset }: Entry, stamp: number, zip64From: number): Buffer {
  const long = offset >= zip64From;
  const extra = long ? fields('228', [1, 8, offset]) : Buffer.alloc(0);
  const version = long ? zip64Version : plainVersion;
  const unixFile = 0o100_644 * 0x1_0000;
  const packing = [0x0300 + version, version, flags, deflated, stamp, crc, packedBytes, bytes];
  const place = [name.length, extra.length, 0, 0, 0, unixFile, long ? full32 : offset];
  return Buffer.concat([record('02014b50', '222244442222244', [...packing, ...place]), name, extra]);
}

function record(signature: string, widths: string, values: readonly number[]): Buffer {
  return fields(`4${widths}`, [Number.parseInt(signature, 16), ...values]);
}

/** Little-endian numbers, one behind the other, each of as many bytes as its digit in `widths` says: 2, 4 or 8. */
function fields(widths: string, values: readonly number[]): Buffer {
  const sizes = [...widths].map(Number);
  const buffer = Buffer.alloc(sizes.reduce((sum, bytes) => sum + bytes, 0));
  let at = 0;
  for (const [index, bytes] of sizes.entries()) {
    const value = values[index]!;
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
}

/** Two-second steps since 1980, in UTC, as the format has no zone. */
function dosTime(at: Date): number {
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return day * 0x1_0000 + time;
}

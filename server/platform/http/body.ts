/** Reading what a client sends: bounded, unpacked, and safe to store. */

import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { AppError, invalid, tooLarge } from '#server/errors.ts';

const unzip = promisify(gunzip);

/** @throws AppError 413 as soon as more than `limitBytes` have come, whatever the length header said */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limitBytes) throw unread(`The body may have ${limitBytes} bytes; this one has ${declared}.`);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limitBytes) throw unread(`The body may have ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The rest of the body is not read, so nothing more can come over this connection. */
function unread(detail: string): AppError {
  const { status, slug, title } = tooLarge(detail);
  return new AppError(status, slug, title, detail, [], { connection: 'close' });
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks gzip, told by its first bytes alone: some SDKs send it without the header, some proxies unpack it and keep the header. */
export async function unpack(bytes: Buffer, limitBytes: number): Promise<Buffer> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: limitBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(`The unpacked body may have ${limitBytes} bytes.`);
    }
    throw invalid([{ path: '', message: 'the gzip data is damaged' }]);
  }
}

/** JSON.parse for text that goes to PostgreSQL, which holds neither NUL nor half a surrogate pair. */
export function parseStorable(text: string): unknown {
  // Some systems write a byte order mark before JSON in UTF-8.
  const parsed: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return text.includes('\\u') || !text.isWellFormed() ? storable(parsed) : parsed;
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key) as string, storable(inner)]));
}

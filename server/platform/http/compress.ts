import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Below this a packed answer saves no packet. */
export const worthPackingBytes = 1400;

export type Encoding = 'br' | 'gzip';

/** The best encoding that the client takes; null = none. */
export function acceptedEncoding(accept: string | null | undefined): Encoding | null {
  const taken = (accept ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]!.trim());
  if (taken.includes('br')) return 'br';
  return taken.includes('gzip') || taken.includes('*') ? 'gzip' : null;
}

/** `quality` 4 for answers made for one request; 9 for files that are packed once and kept. */
export function pack(bytes: Buffer, encoding: Encoding, quality: 4 | 9): Promise<Buffer> {
  if (encoding === 'gzip') return toGzip(bytes, { level: quality });
  return toBrotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/** The built web app, from memory: a few megabytes, each file packed once for each encoding. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { acceptedEncoding, type Encoding, pack, worthPackingBytes } from './compress.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
const packable = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt']);

interface WebFile {
  bytes: Buffer;
  extension: string;
  etag: string;
  packed: Map<Encoding, Promise<Buffer>>;
}

export interface WebFiles {
  /** The file of this path, the app's page for a path that the app routes itself, or null. */
  answer(request: Request): Promise<Response | null>;
}

/** Reads a folder's files; only these are ever served, so no path can lead out of it. */
export async function readWebFiles(folder: string): Promise<WebFiles> {
  const files = new Map<string, WebFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const address = `/${path.slice(folder.length + 1).replaceAll(sep, '/')}`;
    files.set(address, { bytes, etag, extension: extname(path), packed: new Map() });
  }
  return {
    answer: async (request) => {
      const path = new URL(request.url).pathname;
      const file = files.get(path) ?? (isPage(path) ? files.get('/index.html') : undefined);
      return file ? answerWith(file, request, path.startsWith('/assets/')) : null;
    },
  };
}

/** A path without an extension is one of the app's own pages. */
function isPage(path: string): boolean {
  return !/\.\w+$/.test(path) && !/^\/(api|v1|assets)(\/|$)/.test(path);
}

async function answerWith(file: WebFile, request: Request, hashed: boolean): Promise<Response> {
  const headers = new Headers({
    'content-type': types[file.extension] ?? 'application/octet-stream',
    // A name with a hash in it never means other bytes.
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const worth = packable.has(file.extension) && file.bytes.length >= worthPackingBytes;
  const encoding = worth ? acceptedEncoding(request.headers.get('accept-encoding')) : null;
  if (encoding === null) return new Response(new Uint8Array(file.bytes), { headers });
  headers.set('content-encoding', encoding);
  return new Response(new Uint8Array(await packedOf(file, encoding)), { headers });
}

function packedOf(file: WebFile, encoding: Encoding): Promise<Buffer> {
  const known = file.packed.get(encoding) ?? pack(file.bytes, encoding, 9);
  file.packed.set(encoding, known);
  return known;
}

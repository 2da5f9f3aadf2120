/** What a browser loads before the first page, and all there is (spec 15: at most 200 KB of JavaScript, packed). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface BundleFigures {
  /** JavaScript named by the page itself, gzip */
  firstPageKb: number;
  stylesKb: number;
  /** every script, gzip */
  allScriptsKb: number;
}

const folder = join(import.meta.dirname, '../dist/web');

/** Null while the web app is not built. */
export async function benchBundle(): Promise<BundleFigures | null> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
  if (page === null) return null;
  const files = await readdir(join(folder, 'assets'));
  const packedKb = async (names: readonly string[]) => {
    const contents = await Promise.all(names.map((name) => readFile(join(folder, 'assets', name))));
    return contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0) / 1024;
  };
  const ending = (end: string) => files.filter((name) => name.endsWith(end));
  return {
    firstPageKb: await packedKb(ending('.js').filter((name) => page.includes(name))),
    stylesKb: await packedKb(ending('.css').filter((name) => page.includes(name))),
    allScriptsKb: await packedKb(ending('.js')),
  };
}

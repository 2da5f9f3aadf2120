/** Builds the web app when it is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const webFolder = join(root, 'dist/web');
const sources = ['web', 'contracts', 'core', 'package-lock.json'].map((name) => join(root, name));

/** The web app cannot be built; the message holds what the builder said. */
export class WebBuildError extends Error {
  override name = 'WebBuildError';
}

/**
 * Brings `webFolder` up to its sources. When that fails, an older build goes on being used, and the reason is said.
 * @throws WebBuildError when there is none
 */
export async function ensureWebApp(say: (line: string) => void): Promise<void> {
  if (!(await isStale())) return;
  say('Building the web app (this happens once after each change) …');
  const startedAt = performance.now();
  try {
    await build();
  } catch (error) {
    if (!existsSync(join(webFolder, 'index.html'))) throw error;
    return say(`${(error as Error).message}\nThe earlier build is served instead.`);
  }
  say(`Web app built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

async function isStale(): Promise<boolean> {
  const page = join(webFolder, 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  for (const source of sources) if ((await newest(source)) > builtAt) return true;
  return false;
}

/** Time of the newest file at or below a path, epoch ms; 0 when there is none. */
async function newest(path: string): Promise<number> {
  const known = await stat(path).catch(() => null);
  if (!known) return 0;
  if (!known.isDirectory()) return known.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && !/node_modules|\.test\.tsx?$/.test(join(entry.parentPath, entry.name)),
  );
  const times = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs));
  return Math.max(0, ...times);
}

/** In a process of its own: the builder would cost this one 200 MB for the rest of its life. */
async function build(): Promise<void> {
  const draft = `${webFolder}-${process.pid}`;
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const config = join(root, 'web/vite.config.ts');
  const args = [vite, 'build', '--config', config, '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'];
  // What tests build is kept and served later: without this it would be the slow, talkative build for developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new WebBuildError(`The web app could not be built:\n${said.join('')}`);
  }
  await mkdir(dirname(webFolder), { recursive: true });
  // Two starts may build at the same time. The first one's build is as new, and its server may be reading it.
  if (await isStale()) await putInPlace(draft, webFolder);
  else await rm(draft, { recursive: true, force: true });
}

/** Puts a finished folder where another may be; where several do so at once, one of theirs stays and no draft is left. */
export async function putInPlace(draft: string, folder: string): Promise<void> {
  const aside = `${draft}-before`;
  await rename(folder, aside).catch(unlessCode('ENOENT'));
  await rename(draft, folder).catch(unlessCode('ENOTEMPTY', 'EEXIST'));
  for (const left of [aside, draft]) await rm(left, { recursive: true, force: true });
}

function unlessCode(...expected: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!expected.includes(error.code ?? '')) throw error;
  };
}

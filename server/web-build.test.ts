import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { putInPlace } from './web-build.ts';

async function folderWith(path: string, text: string): Promise<string> {
  await mkdir(join(path, 'assets'), { recursive: true });
  for (const name of ['index.html', 'assets/main.js']) await writeFile(join(path, name), text);
  return path;
}

test.each(['nothing', 'an older build'])(
  'builds that end at the same time, over %s: one stays, whole',
  async (before) => {
    const dist = await mkdtemp(join(tmpdir(), 'dist-'));
    onTestFinished(() => rm(dist, { recursive: true }));
    const web = join(dist, 'web');
    if (before !== 'nothing') await folderWith(web, 'older');
    const drafts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => folderWith(join(dist, `web-${index}`), `build ${index}`)),
    );
    await Promise.all(drafts.map((draft) => putInPlace(draft, web)));
    const page = await readFile(join(web, 'index.html'), 'utf8');
    expect(page).toMatch(/^build \d+$/);
    expect(await readFile(join(web, 'assets/main.js'), 'utf8')).toBe(page);
    expect(await readdir(dist)).toEqual(['web']);
  },
);

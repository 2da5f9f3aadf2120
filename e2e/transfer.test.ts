/** A whole workspace moves to another installation as an administrator does it: the demo, by two browsers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpacked, type ZippedFiles } from '#server/modules/transfer/zipped.test-support.ts';
import type { Caller, TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { expectAccessible, product } from './server.ts';

const here = product(demo);
const there = product();
let source: TestWorkspace;
let empty: TestWorkspace;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-moving-'));
  file = join(folder, 'export.zip');
  source = await demoWorkspace(here.server);
  empty = await there.server.newWorkspace('New installation');
});
afterAll(() => rm(folder, { recursive: true }));

test('the export is downloaded by a press', async () => {
  const { page, complaints } = await here.visit(source, 'admin', '/settings/export');
  await page.getByText(/^What is in it/).click();
  await page.getByText('notes with every earlier text').waitFor();
  await page.getByText('Only an empty workspace can be replaced').waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^perennial-\d{4}-\d\d-\d\d\.zip$/);
  await download.saveAs(file);
  expect(complaints).toEqual([]);
});

test('who administers nothing is not shown the page', async () => {
  const { page } = await here.visit(source, 'ops', '/settings/export');
  await page.getByText('Your role does not show this').waitFor();
});

test('a file that is none is refused with the reason; the export takes the place of the empty workspace', async () => {
  const { page } = await there.visit(empty, 'admin', '/settings/export');
  const drop = page.locator('input[type=file]');
  await drop.setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await page.getByRole('alert').getByText('This is not a zip file').waitFor();
  await drop.setInputFiles(file);
  await page.getByRole('heading', { name: /is here$/ }).waitFor({ timeout: 60_000 });
  await page.getByText(source.emails.csm).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Open / }).click();
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
});

describe('afterwards', () => {
  const answer = async (as: Caller, path: string): Promise<unknown> => {
    const response = await as('GET', path);
    expect([path, response.status]).toEqual([path, 200]);
    // Where something is counted when it is asked for, these say when that was.
    const { asOf: _, recordsAsOf: __, ...rest } = (await response.json()) as { asOf?: string; recordsAsOf?: string };
    return rest;
  };
  const same = async (path: string) => {
    const [one, other] = await Promise.all([source, empty].map(({ as }) => answer(as.admin, path)));
    expect(other, path).toEqual(one);
    return one;
  };

  test('every answer is as it was: lists, the explanation of scores, the register, notes', async () => {
    const { items } = (await same('/accounts?limit=100')) as { items: { id: number }[] };
    expect(items.length).toBeGreaterThan(30);
    for (const path of [
      '/risks?limit=200',
      '/risk-rules',
      '/portfolio',
      '/portfolio/history',
      '/features',
      '/signals',
    ]) {
      await same(path);
    }
    const parts = ['', '/health', '/health/history', '/signals', '/timeline', '/contacts', '/subscriptions', '/notes'];
    for (const { id } of items.slice(0, 8)) for (const part of parts) await same(`/accounts/${id}${part}`);
  });

  test('a new export is the old one, file by file, but for who administers it and what was recorded of the moving', async () => {
    const files = async (bytes: Buffer): Promise<ZippedFiles> => unpacked(bytes, folder);
    const before = await files(await readFile(file));
    const after = await files(Buffer.from(await (await empty.as.admin('GET', '/export')).arrayBuffer()));
    expect([...after.keys()]).toEqual([...before.keys()]);
    const differing = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
    expect(differing).toEqual(['members.ndjson', 'audit_log.ndjson', 'manifest.json']);
    for (const name of ['members.ndjson', 'audit_log.ndjson']) {
      expect(after.get(name)!.startsWith(before.get(name)!), name).toBe(true);
      expect(after.get(name)!.split('\n').length - before.get(name)!.split('\n').length, name).toBe(1);
    }
  });
});

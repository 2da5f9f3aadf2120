/** Importing a file in tests: over the API, with the run in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';
import * as contract from '#contracts/intake.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import { createApi, createFetch } from '#server/testing/api.ts';
import { keyActor } from '#server/testing/factories.ts';
import { importRoutes } from './routes.ts';
import { runImport } from './run.ts';

export type MappingWish = Omit<Partial<ImportMapping>, 'fields'> & {
  kind: string;
  /** field → column, or a constant as { constant } */
  fields: Record<string, string | { constant: string | number | boolean }>;
};

export function toMapping(wish: MappingWish): ImportMapping {
  const fields = Object.entries(wish.fields).map(([field, from]) => [
    field,
    typeof from === 'string' ? { column: from } : from,
  ]);
  return contract.importMapping.parse({ ...wish, fields: Object.fromEntries(fields) });
}

const base = mkdtempSync(join(tmpdir(), 'perennial-imports-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

export function createImporter(pool: Pool, workspaceId: number) {
  const uploads = mkdtempSync(join(base, 'uploads-'));
  const actor = keyActor(workspaceId);
  const routes = importRoutes(uploads);
  const ask = createApi(pool, routes, actor);
  const fetch = createFetch(pool, routes, actor);
  const run = async (importId: number, signal = new AbortController().signal, own: { linesAtOnce?: number } = {}) => {
    await runImport({ pool, workspaceId, importId, uploads, worker: null, leaseSeconds: 15, ...own }, signal);
    return ask(contract.getImport, { params: { id: importId } });
  };
  const upload = async (content: string | Buffer, name = 'test.csv'): Promise<ImportJob> => {
    const response = await fetch(`http://localhost/api/v1/imports?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: content as BodyInit,
      headers: { 'content-type': 'application/octet-stream' },
    });
    const answer = (await response.json()) as ImportJob & { detail?: string };
    if (!response.ok) throw new Error(answer.detail);
    return answer;
  };
  return {
    uploads,
    ask,
    fetch,
    run,
    upload,
    /** Uploads, and checks or stores with the mapping; the import as it is at the end. */
    async importFile(content: string | Buffer, mapping: MappingWish, how: 'check' | 'start' = 'start') {
      const { id } = await upload(content);
      const begin = how === 'check' ? contract.checkImport : contract.startImport;
      await ask(begin, { params: { id }, body: { mapping: toMapping(mapping) } });
      return run(id);
    },
  };
}

/** The counts of an import; `lines` must be their sum. */
export function countsOf({ linesDone, stored, updated, duplicates, unmatched, rejected }: ImportJob) {
  return { lines: linesDone, stored, updated, duplicates, unmatched, rejected };
}

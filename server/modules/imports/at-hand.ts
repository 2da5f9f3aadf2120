/** An import of a text that is at hand, carried out at once and listed as any other. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportMapping } from '#contracts/intake.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { saveUpload } from '#server/platform/http/save-upload.ts';
import { sampleColumns } from './columns.ts';
import { detectFormat } from './format.ts';
import { runImport } from './run.ts';
import * as store from './store.ts';

interface AtHand {
  name: string;
  text: string;
  mapping: ImportMapping;
}

/** @param workspaceId fenced; the import belongs to nobody. Resolves when it has ended, however it went. */
export async function importAtHand(pool: Pool, workspaceId: number, { name, text, mapping }: AtHand): Promise<void> {
  const uploads = await mkdtemp(join(tmpdir(), 'perennial-at-hand-'));
  try {
    const request = new Request(`http://localhost/${randomUUID()}`, { method: 'POST', body: text });
    const saved = await saveUpload(request, uploads);
    const format = await detectFormat(join(uploads, saved.file));
    const columns = await sampleColumns(join(uploads, saved.file), format);
    const linesTotal = text.trimEnd().split('\n').length - 1;
    const importId = await transaction(pool, workspaceId, async (tx) => {
      const own = { ...saved, name, format, columns, mapping, linesTotal, createdBy: null };
      const { id } = await store.insertImport(tx, workspaceId, own);
      await store.queueImport(tx, workspaceId, id, 'running', mapping);
      // Carried out here: no worker may take it.
      await tx.run({
        text: 'delete from import_queue where workspace_id = $1 and import_id = $2',
        values: [workspaceId, id],
      });
      return id;
    });
    const run = { pool, workspaceId, importId, uploads, worker: null, leaseSeconds: 60 };
    await runImport(run, new AbortController().signal);
  } finally {
    await rm(uploads, { recursive: true, force: true });
  }
}

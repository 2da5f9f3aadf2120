import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guessKind } from '#contracts/guess.ts';
import {
  cancelImport,
  checkImport,
  deleteMapping,
  downloadRejects,
  getImport,
  type ImportMapping,
  listImports,
  listMappings,
  saveMapping,
  startImport,
  uploadImport,
} from '#contracts/intake.ts';
import { conflict, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';
import { type Actor, type Route, rawRoute, route } from '#server/platform/http/route.ts';
import { saveUpload } from '#server/platform/http/save-upload.ts';
import { sampleColumns } from './columns.ts';
import { detectFormat } from './format.ts';
import { checkMapping } from './mapping.ts';
import { present } from './present.ts';
import { countLines } from './records.ts';
import { rejectsFile } from './rejects.ts';
import * as mappings from './saved-mappings.ts';
import * as store from './store.ts';

/** @param uploads folder that every process with the role web or worker can reach */
export function importRoutes(uploads: string): Route[] {
  return [
    rawRoute(uploadImport, async ({ pool, actor, request, query }) => {
      const { workspaceId } = actor!;
      const saved = await saveUpload(request, uploads);
      const path = join(uploads, saved.file);
      try {
        const format = await detectFormat(path);
        const columns = await sampleColumns(path, format);
        const guess = guessKind(columns, query.name);
        const linesTotal = await countLines(path, format);
        const row = await transaction(pool, workspaceId, async (tx) => {
          const made = await store.insertImport(tx, workspaceId, {
            ...saved,
            name: query.name,
            format,
            columns,
            mapping: (await store.earlierMapping(tx, workspaceId, { ...saved, format })) ?? guess?.mapping ?? null,
            linesTotal,
            createdBy: memberOf(actor!),
          });
          await audit(tx, actor!, 'uploaded', 'import', made.id, { name: query.name, bytes: saved.bytes });
          return made;
        });
        return present(row);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    }),

    route(listImports, async ({ tx, actor, query }) => {
      const before = readCursor(query.cursor);
      const rows = await store.listImports(tx, actor.workspaceId, before, query.limit + 1);
      const items = rows.slice(0, query.limit);
      const more = rows.length > query.limit;
      return { items: items.map(present), nextCursor: more ? writeCursor(items.at(-1)!.id) : null };
    }),
    route(getImport, async ({ tx, actor, params }) =>
      present((await store.findImport(tx, actor.workspaceId, params.id)) ?? missing()),
    ),
    route(checkImport, ({ tx, actor, params, body }) => begin(tx, actor, params.id, 'checking', body.mapping)),
    route(startImport, ({ tx, actor, params, body }) => begin(tx, actor, params.id, 'running', body.mapping)),

    route(cancelImport, async ({ tx, actor, params }) => {
      const row = (await store.lockImport(tx, actor.workspaceId, params.id)) ?? missing();
      if (row.status !== 'checking' && row.status !== 'running') throw conflict(`The import is ${row.status} already.`);
      await store.endImport(tx, actor.workspaceId, row.id, 'cancelled');
      await audit(tx, actor, 'cancelled', 'import', row.id);
      return present((await store.findImport(tx, actor.workspaceId, row.id))!);
    }),

    rawRoute(downloadRejects, async ({ pool, actor, params }) => {
      const { workspaceId } = actor!;
      const row =
        (await transaction(pool, workspaceId, (tx) => store.findImport(tx, workspaceId, params.id))) ?? missing();
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="import-${row.id}-rejected.csv"`,
      };
      return new Response(rejectsFile(pool, workspaceId, row.id, row.format!), { headers });
    }),

    route(listMappings, async ({ tx, actor }) => ({ items: await mappings.listMappings(tx, actor.workspaceId) })),
    route(saveMapping, ({ tx, actor, body }) => mappings.saveMapping(tx, actor.workspaceId, body.name, body.mapping)),
    route(deleteMapping, async ({ tx, actor, params }) => {
      if (!(await mappings.deleteMapping(tx, actor.workspaceId, params.id))) throw notFound('mapping');
      return undefined;
    }),
  ];
}

async function begin(tx: Tx, actor: Actor, id: number, status: 'checking' | 'running', mapping: ImportMapping) {
  const { workspaceId } = actor;
  const row = (await store.lockImport(tx, workspaceId, id)) ?? missing();
  if (row.status === 'checking' || row.status === 'running') throw conflict('The import is being worked on.');
  checkMapping(mapping, row.format!.columns);
  await store.queueImport(tx, workspaceId, id, status, mapping);
  if (status === 'running') await audit(tx, actor, 'started', 'import', id, { kind: mapping.kind, name: row.name });
  return present((await store.findImport(tx, workspaceId, id))!);
}

function missing(): never {
  throw notFound('import');
}

function memberOf(actor: Actor): number | null {
  return actor.kind === 'member' ? actor.id : null;
}

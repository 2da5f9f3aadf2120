import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as contract from '#contracts/transfer.ts';
import { conflict, invalidField } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Pool, snapshot, transaction } from '#server/platform/db/pool.ts';
import { fileStream, patienceMs } from '#server/platform/http/file-stream.ts';
import { type Actor, type Route, rawRoute, route } from '#server/platform/http/route.ts';
import { saveUpload } from '#server/platform/http/save-upload.ts';
import { exportWorkspace } from './export.ts';
import { isUnused, notEmpty } from './replaced.ts';
import { isFaultOfFile, restoreFile } from './restore.ts';
import { groups, leftOut, neverExported } from './tables.ts';

export interface TransferDeps {
  /** folder for a file while it is restored */
  uploads: string;
  /** forgets who may do what: call it when that has changed */
  forget: () => void;
}

export function transferRoutes({ uploads, forget }: TransferDeps): Route[] {
  return [
    rawRoute(contract.exportWorkspace, ({ pool, actor }) => sendExport(pool, actor!)),
    route(contract.describeExport, async ({ tx, actor }) => ({
      groups: groups.map(({ title, tables }) => ({
        title,
        files: tables.map(({ table, what }) => ({ name: table, what })),
      })),
      leftOut: [neverExported, ...Object.values(leftOut)],
      canRestore: await isUnused(tx, actor.workspaceId),
    })),
    rawRoute(contract.restoreWorkspace, async ({ pool, actor, request }) => {
      const replaces = actor!.workspaceId;
      await transaction(pool, replaces, async (tx) => {
        if (!(await isUnused(tx, replaces))) throw notEmpty();
      });
      const { file } = await saveUpload(request, uploads);
      const path = join(uploads, file);
      try {
        const { withoutPassword, ...restored } = await restoreFile(pool, path, { replaces, by: actor! });
        forget();
        return { ...restored, withoutPassword: withoutPassword.map(({ name, email }) => ({ name, email })) };
      } catch (error) {
        throw isFaultOfFile(error) ? invalidField('', error.message) : error;
      } finally {
        await rm(path, { force: true });
      }
    }),
  ];
}

/** The answer begins once its moment is fixed. */
async function sendExport(pool: Pool, actor: Actor): Promise<Response> {
  const { workspaceId } = actor;
  const at = new Date();
  const begun = Promise.withResolvers<void>();
  const response = fileStream(
    { name: `perennial-${at.toISOString().slice(0, 10)}.zip`, type: 'application/zip' },
    (write) =>
      snapshot(pool, workspaceId, (2 * patienceMs) / 1000, async (tx) => {
        const { free } = await tx.one<{ free: boolean }>({
          text: `select pg_try_advisory_xact_lock(hashtext('perennial export'), $1) as free`,
          values: [workspaceId],
        });
        if (!free) throw conflict('An export of this workspace is being made already. Wait until it is there.');
        await transaction(pool, workspaceId, (own) => audit(own, actor, 'exported', 'workspace', workspaceId));
        begun.resolve();
        await exportWorkspace(tx, write, { workspaceId, at });
      }).catch((error: unknown) => {
        begun.reject(error);
        throw error;
      }),
  );
  await begun.promise;
  return response;
}

/** A whole workspace as one file, and back. */
import { z } from 'zod';
import { endpoint, id } from './kit.ts';

const tag = 'Workspace';

export const exportWorkspace = endpoint({
  id: 'exportWorkspace',
  method: 'GET',
  path: '/export',
  tag,
  auth: 'workspace.export',
  summary: 'Everything the workspace holds, of one moment: a zip file with NDJSON for each kind and a manifest',
  produces: 'application/zip',
});

export const exportContents = z
  .object({
    groups: z.array(z.object({ title: z.string(), files: z.array(z.object({ name: z.string(), what: z.string() })) })),
    leftOut: z.array(z.object({ what: z.string(), why: z.string() })),
    canRestore: z.boolean().describe('nothing was brought into this workspace yet, so an export can take its place'),
  })
  .meta({ id: 'ExportContents' });
export const describeExport = endpoint({
  id: 'describeExport',
  method: 'GET',
  path: '/export/contents',
  tag,
  auth: 'workspace.export',
  summary: 'What an export holds, and what it leaves out and why',
  response: exportContents,
});

export const restored = z
  .object({
    workspaceId: id,
    name: z.string(),
    rows: z.number().int(),
    withoutPassword: z
      .array(z.object({ name: z.string(), email: z.string() }))
      .describe('members who must set a password before they can sign in: passwords are not exported'),
  })
  .meta({ id: 'Restored' });
export const restoreWorkspace = endpoint({
  id: 'restoreWorkspace',
  method: 'POST',
  path: '/workspace/restore',
  tag,
  auth: 'members.manage',
  status: 201,
  summary: 'Put an export in the place of this workspace, which must be empty; its administrators stay',
  consumes: 'application/octet-stream',
  response: restored,
});

export const transferEndpoints = [exportWorkspace, describeExport, restoreWorkspace];

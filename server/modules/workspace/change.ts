import type { Answer, Parsed } from '#contracts/kit.ts';
import type { updateWorkspace } from '#contracts/workspace.ts';
import { audit } from '#server/modules/audit/index.ts';
import { refreshFindings } from '#server/modules/findings/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { lockWorkspace, presentWorkspace, type WorkspaceRow, writeWorkspace } from './store.ts';
import { queueWork } from './works.ts';

type Wanted = Parsed<typeof updateWorkspace>['body'];

/** Changes the workspace and queues what the change makes untrue: days that were counted, judgements that were made. */
export async function changeWorkspace(tx: Tx, actor: Actor, wanted: Wanted): Promise<Answer<typeof updateWorkspace>> {
  const before = await lockWorkspace(tx, actor.workspaceId);
  const after = merge(before, wanted);
  const changed = changedFields(before, after);
  if (changed.length === 0) return presentWorkspace(before);
  await writeWorkspace(tx, after);
  await audit(tx, actor, 'changed', 'workspace', actor.workspaceId, describe(before, after, changed));
  if (changed.includes('currency')) await refreshFindings(tx, actor.workspaceId);
  if (changed.includes('time_zone')) await queueRecount(tx, actor.workspaceId);
  else if (changed.some((field) => field !== 'name')) await queueRejudge(tx, actor.workspaceId);
  return presentWorkspace(after);
}

/** Every day is counted again from raw facts, and every account judged again: the time zone moved the days' borders. */
export function queueRecount(tx: Tx, workspaceId: number): Promise<number> {
  return queueWork(tx, workspaceId, 'recount', 'Counting all days again in the new time zone');
}

/** Every account is judged again, now and for its past: the calendar or a rate that signals read has changed. */
export function queueRejudge(tx: Tx, workspaceId: number): Promise<number> {
  return queueWork(tx, workspaceId, 'rejudge', 'Judging all accounts again after a change of settings');
}

function merge(before: WorkspaceRow, wanted: Wanted): WorkspaceRow {
  return {
    ...before,
    name: wanted.name ?? before.name,
    time_zone: wanted.timeZone ?? before.time_zone,
    currency: wanted.currency ?? before.currency,
    rhythm: wanted.rhythm ?? before.rhythm,
    working_days: wanted.workingDays ? sortedOnce(wanted.workingDays, (a, b) => a - b) : before.working_days,
    holidays: wanted.holidays ? sortedOnce(wanted.holidays) : before.holidays,
  };
}

function sortedOnce<T>(values: readonly T[], order?: (a: T, b: T) => number): T[] {
  return [...new Set(values)].sort(order);
}

function changedFields(before: WorkspaceRow, after: WorkspaceRow): (keyof WorkspaceRow)[] {
  const fields = Object.keys(after) as (keyof WorkspaceRow)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function describe(before: WorkspaceRow, after: WorkspaceRow, fields: (keyof WorkspaceRow)[]) {
  return Object.fromEntries(fields.map((field) => [field, { from: before[field], to: after[field] }]));
}

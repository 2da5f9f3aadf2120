/** What administrators do with scorecards: begin one, save versions of it, make one live, archive it. */
import sql from 'sql-template-tag';
import type { createScorecard, publishScorecard, saveDraft } from '#contracts/health.ts';
import type { Parsed } from '#contracts/kit.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { conflict, invalidField } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { familyMask, markAllDirty } from '#server/modules/dirty/index.ts';
import { queueWork } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { requireScorecard } from './check.ts';
import { insertScorecard, insertVersion, lockRow, readRow, readVersion, type ScorecardRow } from './store.ts';
import { suggestFrom } from './suggest.ts';

/** Begins a scorecard whose first version is a draft. @throws AppError 400 with every fault of the definition */
export async function createFrom(
  tx: Tx,
  actor: Actor,
  { name, from }: Parsed<typeof createScorecard>['body'],
): Promise<ScorecardRow> {
  const { workspaceId } = actor;
  const title = name;
  const given = await definitionFrom(tx, workspaceId, from, { key: keyFrom(name), title });
  const { id, key } = await insertScorecard(tx, workspaceId, keyFrom(name), name);
  const definition = { ...given, key, title };
  await insertVersion(tx, workspaceId, id, { definition, note: null, memberId: memberOf(actor) });
  await audit(tx, actor, 'created', 'scorecard', id, { key, name });
  return readRow(tx, workspaceId, id);
}

type Source = Parsed<typeof createScorecard>['body']['from'];

async function definitionFrom(tx: Tx, workspaceId: number, from: Source, names: { key: string; title: string }) {
  if ('definition' in from)
    return requireScorecard(tx, workspaceId, { ...from.definition, ...names }, 'from.definition');
  if ('connected' in from) return suggestFrom(tx, workspaceId);
  const source = await readRow(tx, workspaceId, from.copyOf);
  return (source.draft ?? source.definition) as Scorecard;
}

/** 'My score (EMEA)' gives 'my-score-emea'. */
function keyFrom(name: string): string {
  const plain = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '');
  const key = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return key === '' ? 'scorecard' : key;
}

/** Saves a new version that is not live; the same definition as the newest one makes none. @throws AppError 400, 404 */
export async function saveNewVersion(
  tx: Tx,
  actor: Actor,
  id: number,
  { definition: json, note }: Parsed<typeof saveDraft>['body'],
): Promise<ScorecardRow> {
  const { workspaceId } = actor;
  const row = await lockRow(tx, workspaceId, id);
  // the key is the scorecard's own, whatever was sent: a copy keeps working when it is pasted
  const definition = await requireScorecard(tx, workspaceId, { ...json, key: row.key }, 'definition');
  const newest = row.draft ?? (row.versions === row.live_version ? row.definition : null);
  if (newest !== null && sameJson(newest, definition)) return row;
  const version = await insertVersion(tx, workspaceId, id, {
    ...{ definition, note: note ?? null, memberId: memberOf(actor) },
  });
  await audit(tx, actor, 'saved', 'scorecard', id, { version, note: note ?? null });
  return readRow(tx, workspaceId, id);
}

/** Same content, whatever the order of fields (jsonb keeps none). */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .sort()
      .map(([key, value]) => [key, sorted(value)]),
  );
}

/**
 * Makes a version live and every account dirty. A primary scorecard for all accounts takes the place of the one before;
 * one for some accounts stands beside it. @throws AppError 400 when the definition no longer holds, 404, 409
 */
export async function publishVersion(
  tx: Tx,
  actor: Actor,
  id: number,
  { version, primary, past = false }: Parsed<typeof publishScorecard>['body'],
): Promise<ScorecardRow> {
  const { workspaceId } = actor;
  const row = await lockRow(tx, workspaceId, id);
  const saved = await readVersion(tx, workspaceId, id, version);
  if (saved === null) throw invalidField('version', 'There is no such version of this scorecard.');
  const { appliesTo, title } = await requireScorecard(tx, workspaceId, saved, 'definition');
  const isPrimary = primary ?? row.is_primary;
  if (isPrimary && appliesTo === null) {
    await tx.run(sql`update scorecards s set is_primary = false from scorecard_versions v
      where s.workspace_id = ${workspaceId} and s.id <> ${id} and s.is_primary
        and v.workspace_id = s.workspace_id and v.scorecard_id = s.id and v.version = s.live_version
        and v.definition -> 'appliesTo' = 'null'::jsonb`);
  }
  await tx.run(sql`update scorecards set live_version = ${version}, is_primary = ${isPrimary}, name = ${title}
    where workspace_id = ${workspaceId} and id = ${id}`);
  await requirePrimaryForAll(tx, workspaceId);
  await tx.run(sql`update scorecard_versions set published_at = coalesce(published_at, now())
    where workspace_id = ${workspaceId} and scorecard_id = ${id} and version = ${version}`);
  await audit(tx, actor, 'published', 'scorecard', id, {
    from: row.live_version,
    to: version,
    primary: isPrimary,
    past,
  });
  await markAllDirty(tx, workspaceId, familyMask('health'));
  if (past && isPrimary) await queueWork(tx, workspaceId, 'rejudge', `Scoring the past by “${title}”`);
  return readRow(tx, workspaceId, id);
}

async function requirePrimaryForAll(tx: Tx, workspaceId: number): Promise<void> {
  const found = await tx.many(sql`select 1 from scorecards s join scorecard_versions v
      on v.workspace_id = s.workspace_id and v.scorecard_id = s.id and v.version = s.live_version
    where s.workspace_id = ${workspaceId} and s.is_primary and s.archived_at is null
      and v.definition -> 'appliesTo' = 'null'::jsonb limit 1`);
  if (found.length > 0) return;
  throw conflict('Some accounts would have no primary scorecard. Make another one, for all accounts, primary first.');
}

/** @throws AppError 404, 409 for a primary one */
export async function archive(tx: Tx, actor: Actor, id: number): Promise<undefined> {
  const { workspaceId } = actor;
  const row = await lockRow(tx, workspaceId, id);
  if (row.is_primary) throw conflict('This is the primary scorecard. Make another one primary first.');
  await tx.run(sql`update scorecards set archived_at = now() where workspace_id = ${workspaceId} and id = ${id}`);
  await tx.run(sql`delete from account_scores where workspace_id = ${workspaceId} and scorecard_id = ${id}`);
  await audit(tx, actor, 'archived', 'scorecard', id, { name: row.name });
}

export function memberOf(actor: Actor): number | null {
  return actor.kind === 'member' ? actor.id : null;
}

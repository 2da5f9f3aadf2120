/** Scorecards and their versions in the database. */
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scorecard } from '#core/health/scorecard.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface ScorecardRow {
  id: number;
  key: string;
  name: string;
  is_primary: boolean;
  live_version: number | null;
  definition: Scorecard | null;
  draft: Scorecard | null;
  draft_version: number | null;
  versions: number;
  accounts: number;
}

/** A draft is the newest version as long as it has never been live. */
const columns = sql`s.id, s.key, s.name, s.is_primary, s.live_version, live.definition,
  newest.definition as draft, newest.version as draft_version,
  (select count(*) from scorecard_versions v where v.workspace_id = s.workspace_id and v.scorecard_id = s.id) as versions,
  coalesce(main.accounts, 0) + coalesce(beside.accounts, 0) as accounts`;

function selectScorecards(workspaceId: number, where: Sql): Sql {
  return sql`with main as (select scorecard_id, count(*) as accounts from account_states
      where workspace_id = ${workspaceId} and state = 'scored' group by scorecard_id),
    beside as (select scorecard_id, count(*) as accounts from account_scores
      where workspace_id = ${workspaceId} and state = 'scored' group by scorecard_id)
    select ${columns} from scorecards s
    left join scorecard_versions live on live.workspace_id = s.workspace_id and live.scorecard_id = s.id
      and live.version = s.live_version
    left join lateral (select v.version, v.definition, v.published_at from scorecard_versions v
      where v.workspace_id = s.workspace_id and v.scorecard_id = s.id order by v.version desc limit 1) newest
      on newest.published_at is null
    left join main on main.scorecard_id = s.id left join beside on beside.scorecard_id = s.id
    where s.workspace_id = ${workspaceId} and s.archived_at is null ${where}
    order by s.is_primary desc, s.id`;
}

/** All that are not archived, primary ones first. */
export function listRows(tx: Tx, workspaceId: number): Promise<ScorecardRow[]> {
  return tx.many(selectScorecards(workspaceId, empty));
}

/** @throws AppError 404 */
export async function readRow(tx: Tx, workspaceId: number, id: number): Promise<ScorecardRow> {
  const row = await tx.maybe<ScorecardRow>(selectScorecards(workspaceId, sql`and s.id = ${id}`));
  if (!row) throw notFound('scorecard');
  return row;
}

/** Keeps others from changing the scorecard until commit. @throws AppError 404 */
export async function lockRow(tx: Tx, workspaceId: number, id: number): Promise<ScorecardRow> {
  const found = await tx.maybe(sql`select id from scorecards
    where workspace_id = ${workspaceId} and id = ${id} and archived_at is null for update`);
  if (!found) throw notFound('scorecard');
  return readRow(tx, workspaceId, id);
}

/** A new scorecard under a key that no other has, archived ones included: `key`, or `key` with a number. */
export async function insertScorecard(tx: Tx, workspaceId: number, key: string, name: string) {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('scorecard keys'), ${workspaceId}::int)`);
  const taken = await tx.many<{ key: string }>(sql`select key from scorecards where workspace_id = ${workspaceId}`);
  const keys = new Set(taken.map((one) => one.key));
  let free = key;
  for (let n = 2; keys.has(free); n++) free = `${key}-${n}`;
  const { id } = await tx.one<{ id: number }>(sql`insert into scorecards (workspace_id, key, name)
    values (${workspaceId}, ${free}, ${name}) returning id`);
  return { id, key: free };
}

export interface NewVersion {
  definition: Scorecard;
  note: string | null;
  memberId: number | null;
}

/** Adds the next version and returns its number. */
export async function insertVersion(tx: Tx, workspaceId: number, id: number, version: NewVersion): Promise<number> {
  const row = await tx.one<{ version: number }>(sql`
    insert into scorecard_versions (workspace_id, scorecard_id, version, definition, note, created_by)
    select ${workspaceId}, ${id}, coalesce(max(version), 0) + 1, ${JSON.stringify(version.definition)}::jsonb,
      ${version.note}, ${version.memberId} from scorecard_versions where workspace_id = ${workspaceId} and scorecard_id = ${id}
    returning version`);
  return row.version;
}

export interface VersionRow {
  version: number;
  note: string | null;
  created_at: Date;
  published_at: Date | null;
  definition: Scorecard;
}

export function listVersionRows(tx: Tx, workspaceId: number, id: number): Promise<VersionRow[]> {
  return tx.many(sql`select version, note, created_at, published_at, definition from scorecard_versions
    where workspace_id = ${workspaceId} and scorecard_id = ${id} order by version desc`);
}

/** The definition of a version, of an archived scorecard too; null when there is none. */
export async function readVersion(tx: Tx, workspaceId: number, id: number, version: number): Promise<Scorecard | null> {
  const row = await tx.maybe<{ definition: Scorecard }>(sql`select definition from scorecard_versions
    where workspace_id = ${workspaceId} and scorecard_id = ${id} and version = ${version}`);
  return row?.definition ?? null;
}

/** A member's own judgement of an account, for a time, beside the computed one. */
import sql from 'sql-template-tag';
import type { createOverride } from '#contracts/health.ts';
import type { Parsed } from '#contracts/kit.ts';
import { checkOverride } from '#core/health/override.ts';
import { invalid, invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { liveScorecards, primaryOf } from './live.ts';
import type { OverrideRow } from './present.ts';
import { memberOf } from './scorecards.ts';
import { readVersion } from './store.ts';

const columns = sql`id, score, band, reason, until, by_name, created_at`;

/** The override in force at a moment (epoch ms), ended ones of the past included; null = none. */
export function overrideAt(tx: Tx, workspaceId: number, accountId: number, at: number): Promise<OverrideRow | null> {
  return tx.maybe(sql`select ${columns} from score_overrides
    where workspace_id = ${workspaceId} and account_id = ${accountId}
      and created_at <= to_timestamp(${at}::float8 / 1000)
      and least(until, ended_at) > to_timestamp(${at}::float8 / 1000)
    order by id desc limit 1`);
}

/** Overrides the account's score or band; one that is in force ends. @throws AppError 400 naming the field, 404 */
export async function overrideScore(
  tx: Tx,
  actor: Actor,
  accountId: number,
  { score, band, reason, until }: Parsed<typeof createOverride>['body'],
  now: number,
): Promise<OverrideRow> {
  const { workspaceId } = actor;
  await mark(tx, workspaceId, accountId);
  const used = await scorecardUsed(tx, workspaceId, accountId);
  const json = {
    reason,
    until: Date.parse(until),
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
  };
  const checked = checkOverride(json, used.bands, now);
  if (!checked.ok) throw invalid(checked.problems);
  if (checked.override.until > now + longestMs) throw invalidField('until', 'Must be within two years.');
  await end(tx, workspaceId, accountId, now);
  const row = await tx.one<OverrideRow>(sql`insert into score_overrides
      (workspace_id, account_id, scorecard_id, score, band, reason, until, by_member, by_name, created_at)
    values (${workspaceId}, ${accountId}, ${used.id}, ${score ?? null}, ${band ?? null}, ${reason}, ${until},
      ${memberOf(actor)}, ${actor.name}, to_timestamp(${now}::float8 / 1000))
    returning ${columns}`);
  await audit(tx, actor, 'overrode', 'account', accountId, {
    ...{ what: 'health', score: score ?? null, band: band ?? null, reason, until, computed: used.computed },
  });
  return row;
}

const longestMs = 2 * 366 * 86_400_000;

/** Ends the override now. @throws AppError 404 when there is none */
export async function endNow(tx: Tx, actor: Actor, accountId: number, now: number): Promise<undefined> {
  const { workspaceId } = actor;
  await mark(tx, workspaceId, accountId);
  const override = await overrideAt(tx, workspaceId, accountId, now);
  if (override === null) throw notFound('override in force');
  await end(tx, workspaceId, accountId, now);
  await audit(tx, actor, 'ended override', 'account', accountId, { what: 'health', override: override.id });
}

function end(tx: Tx, workspaceId: number, accountId: number, now: number): Promise<number> {
  return tx.run(sql`update score_overrides set ended_at = least(until, to_timestamp(${now}::float8 / 1000))
    where workspace_id = ${workspaceId} and account_id = ${accountId} and ended_at is null`);
}

/** First of all: two members who override the same account wait for each other at its dirty row. */
async function mark(tx: Tx, workspaceId: number, accountId: number): Promise<void> {
  const found = await tx.maybe(sql`select id from accounts
    where workspace_id = ${workspaceId} and id = ${accountId} and merged_into is null`);
  if (!found) throw notFound('account');
  await markDirty(tx, workspaceId, [{ accountId, families: ['health'], historyFrom: null }]);
}

/** The scorecard that scores the account, its bands, and the score that it gives. */
async function scorecardUsed(tx: Tx, workspaceId: number, accountId: number) {
  const state = await tx.maybe<{ id: number | null; version: number | null; computed: number | null }>(sql`
    select scorecard_id as id, scorecard_version as version, computed_score as computed from account_states
    where workspace_id = ${workspaceId} and account_id = ${accountId}`);
  const computed = state?.computed ?? null;
  if (state?.id && state.version) {
    const definition = await readVersion(tx, workspaceId, state.id, state.version);
    if (definition) return { id: state.id, bands: definition.bands, computed };
  }
  const primary = primaryOf(await liveScorecards(tx, workspaceId));
  return { id: primary.id, bands: primary.scorecard.bands, computed };
}

/** Writing what was decided about a batch of accounts. */
import sql from 'sql-template-tag';
import { toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { riskLevels } from '#core/risk/level.ts';
import type { AsOf, PastHealth } from '#core/signals/facts.ts';
import { customValues, slotsLiteral, toSlots } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { JudgedNow } from './batch.ts';

const sparkDays = 30;

export async function saveStates(tx: Tx, workspaceId: number, judged: readonly JudgedNow[], asOf: AsOf): Promise<void> {
  if (judged.length === 0) return;
  const rows = judged.map((j) => stateRow(j, asOf)).sort((a, b) => a.accountId - b.accountId);
  const column = <K extends keyof StateRow>(name: K) => rows.map((row) => row[name]);
  await tx.run({
    name: 'save-states',
    text: `insert into account_states (workspace_id, as_of, day, account_id, signals, custom, scorecard_id, scorecard_version, state,
        score, computed_score, band, coverage, overridden, change_7d, change_30d, spark, risk_level, open_risks, arr_minor,
        renewal_day, seats, active_users, last_active_day, tier, stage)
      select $1, to_timestamp($2::float8 / 1000), $3::date, k.a, k.signals::float8[], k.custom, k.card, k.version, k.state, k.score,
        k.computed, k.band, k.coverage, k.overridden, k.c7, k.c30, k.spark::smallint[], k.risk, k.open, k.arr, k.renewal, k.seats,
        k.users, k.active, k.tier, k.stage
      from unnest($4::bigint[], $5::text[], $6::jsonb[], $7::bigint[], $8::int[], $9::text[], $10::float8[], $11::float8[],
        $12::text[], $13::float8[], $14::bool[], $15::float8[], $16::float8[], $17::text[], $18::smallint[], $19::int[],
        $20::bigint[], $21::date[], $22::float8[], $23::int[], $24::date[], $25::text[], $26::text[])
        as k (a, signals, custom, card, version, state, score, computed, band, coverage, overridden, c7, c30, spark, risk, open,
          arr, renewal, seats, users, active, tier, stage)
      on conflict (workspace_id, account_id) do update set as_of = excluded.as_of, day = excluded.day, signals = excluded.signals,
        custom = excluded.custom, scorecard_id = excluded.scorecard_id, scorecard_version = excluded.scorecard_version,
        state = excluded.state, score = excluded.score, computed_score = excluded.computed_score, band = excluded.band,
        coverage = excluded.coverage, overridden = excluded.overridden, change_7d = excluded.change_7d,
        change_30d = excluded.change_30d, spark = excluded.spark, risk_level = excluded.risk_level,
        open_risks = excluded.open_risks, arr_minor = excluded.arr_minor, renewal_day = excluded.renewal_day,
        seats = excluded.seats, active_users = excluded.active_users, last_active_day = excluded.last_active_day,
        tier = excluded.tier, stage = excluded.stage`,
    values: [
      workspaceId,
      asOf.at,
      toIso(asOf.day),
      column('accountId'),
      column('signals'),
      column('custom'),
      column('scorecardId'),
      column('version'),
      column('state'),
      column('score'),
      column('computed'),
      column('band'),
      column('coverage'),
      column('overridden'),
      column('change7'),
      column('change30'),
      column('spark'),
      column('risk'),
      column('open'),
      column('arr'),
      column('renewal'),
      column('seats'),
      column('users'),
      column('active'),
      column('tier'),
      column('stage'),
    ],
  });
}

type StateRow = ReturnType<typeof stateRow>;

function stateRow({ accountId, judged, past }: JudgedNow, asOf: AsOf) {
  const { values, primary } = judged;
  const computed = primary?.judgement.computed ?? null;
  const score = primary?.judgement.score ?? null;
  return {
    accountId,
    signals: slotsLiteral(toSlots(values)),
    custom: JSON.stringify(customValues(values)),
    scorecardId: primary?.live.id ?? null,
    version: primary?.live.version ?? null,
    state: score === null ? 'insufficient' : 'scored',
    score,
    computed: computed?.score ?? null,
    band: primary?.judgement.band ?? null,
    coverage: computed?.coverage ?? 0,
    overridden: primary?.judgement.override != null,
    change7: number(values['health.change_7d']),
    change30: number(values['health.change_30d']),
    spark: sparkLiteral(past, score, asOf.day),
    risk: riskLevels.indexOf(judged.riskLevel),
    open: judged.openRisks,
    arr: rounded(values['contract.arr']),
    renewal: dayAfter(asOf.day, values['contract.days_to_renewal']),
    seats: number(values['seats.purchased']),
    users: rounded(values['usage.active_users_30d']),
    active: dayBefore(asOf.day, values['usage.days_since_last_activity']),
    tier: judged.tier,
    stage: judged.stage,
  };
}

function number(value: SignalValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
function rounded(value: SignalValue | undefined): number | null {
  return typeof value === 'number' ? Math.round(value) : null;
}
function dayAfter(day: number, days: SignalValue | undefined): string | null {
  return typeof days === 'number' ? toIso(day + days) : null;
}
function dayBefore(day: number, days: SignalValue | undefined): string | null {
  return typeof days === 'number' ? toIso(day - days) : null;
}

function sparkLiteral(past: readonly PastHealth[], score: number | null, today: number): string {
  const byDay = new Map(past.map((p) => [p.day, p.score]));
  const scores = Array.from({ length: sparkDays }, (_, i) => {
    const day = today - sparkDays + 1 + i;
    const value = day === today ? score : (byDay.get(day) ?? null);
    return value === null ? 'NULL' : Math.round(value);
  });
  return `{${scores.join()}}`;
}

/** A change of band, unless another scorecard made it. */
export async function saveBandChanges(
  tx: Tx,
  workspaceId: number,
  judged: readonly JudgedNow[],
  at: number,
): Promise<void> {
  const changed = judged.flatMap(({ accountId, judged: { primary }, previous }) =>
    previous !== null && primary && previous.scorecardId === primary.live.id && previous.band !== primary.judgement.band
      ? [
          {
            accountId,
            scorecardId: primary.live.id,
            from: previous.band,
            to: primary.judgement.band,
            score: primary.judgement.score,
          },
        ]
      : [],
  );
  if (changed.length === 0) return;
  await tx.run({
    name: 'save-band-changes',
    text: `insert into band_changes (workspace_id, account_id, scorecard_id, at, from_band, to_band, score)
      select $1, k.a, k.card, to_timestamp($7::float8 / 1000), k.f, k.t, k.s
      from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::float8[]) as k (a, card, f, t, s) on conflict do nothing`,
    values: [
      workspaceId,
      changed.map((c) => c.accountId),
      changed.map((c) => c.scorecardId),
      changed.map((c) => c.from),
      changed.map((c) => c.to),
      changed.map((c) => c.score),
      at,
    ],
  });
}

export async function saveOtherScores(
  tx: Tx,
  workspaceId: number,
  judged: readonly JudgedNow[],
  at: number,
): Promise<void> {
  const rows = judged.flatMap(({ accountId, judged: { others } }) => others.map((other) => ({ accountId, ...other })));
  if (rows.length === 0) return;
  await tx.run({
    name: 'save-other-scores',
    text: `insert into account_scores (workspace_id, account_id, scorecard_id, version, state, score, band, coverage, at)
      select $1, k.*, to_timestamp($9::float8 / 1000)
      from unnest($2::bigint[], $3::bigint[], $4::int[], $5::text[], $6::float8[], $7::text[], $8::float8[]) as k
      on conflict (workspace_id, account_id, scorecard_id) do update set version = excluded.version, state = excluded.state,
        score = excluded.score, band = excluded.band, coverage = excluded.coverage, at = excluded.at`,
    values: [
      workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.live.id),
      rows.map((r) => r.live.version),
      rows.map((r) => r.evaluation.state),
      rows.map((r) => r.evaluation.score),
      rows.map((r) => r.evaluation.band),
      rows.map((r) => r.evaluation.coverage),
      at,
    ],
  });
}

/** A notification holds 8 000 bytes; beyond this many accounts listeners are told that many changed. */
const mostNamed = 400;

/** Tells open screens, on commit, which accounts were judged. */
export async function tellLive(tx: Tx, workspaceId: number, accountIds: readonly number[]): Promise<void> {
  if (accountIds.length === 0) return;
  const accounts = accountIds.length > mostNamed ? null : accountIds;
  await tx.run(sql`select pg_notify('perennial_live', ${JSON.stringify({ workspaceId, kind: 'accounts', accounts })})`);
}

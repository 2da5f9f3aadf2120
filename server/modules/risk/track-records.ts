/**
 * What each rule has been worth (core/risk/track-record.ts, in whole days), counted by the database: with 10 000 accounts
 * there are hundreds of thousands of openings. Openings are the real ones, and those that a back-fill found for the time
 * before the rule first opened for real. A signal that was open already when the real time began is one opening.
 */
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { trackRecord } from '#contracts/risk.ts';
import { shareOf } from '#core/statistics/wilson.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export type TrackRecordAnswer = z.infer<typeof trackRecord>;

interface Row {
  rule_key: string;
  opened: number;
  accounts: number;
  told180: number;
  lost180: number;
  churned90: number;
  churned180: number;
  shrank90: number;
  shrank180: number;
  lead: number | null;
  dismissed: number;
}

/** Track records of the rules named, as of `today` ('YYYY-MM-DD'); a rule that never opened has none. */
export async function trackRecords(
  tx: Tx,
  workspaceId: number,
  keys: readonly string[],
  { today, timeZone }: { today: string; timeZone: string },
): Promise<Map<string, TrackRecordAnswer>> {
  const rows = await tx.many<Row>(sql`
    with era as (select rule_key, min((opened_at at time zone ${timeZone})::date) as began from risk_signals
      where workspace_id = ${workspaceId} and rule_key = any(${keys}::text[]) group by rule_key),
    really as (select rule_key, account_id, (opened_at at time zone ${timeZone})::date as day, dismissed from risk_signals
      where workspace_id = ${workspaceId} and rule_key = any(${keys}::text[])),
    replayed as (select p.rule_key, p.account_id, p.opened_day as day, coalesce(p.resolved_day, e.began + 1) as until,
        coalesce(p.resolved_day, e.began + 1) >= e.began as crosses
      from risk_replays p left join era e on e.rule_key = p.rule_key
      where p.workspace_id = ${workspaceId} and p.rule_key = any(${keys}::text[]) and (e.began is null or p.opened_day < e.began)),
    -- no real opening lies before the real time: of the others most are over by then and can be none of these
    crossing as materialized (select rule_key, account_id, day, until from replayed where crosses),
    opened as materialized (
      select r.rule_key, r.account_id, coalesce(min(p.day), r.day) as day, bool_or(r.dismissed) as dismissed
      from really r left join crossing p on p.rule_key = r.rule_key and p.account_id = r.account_id
        and r.day between p.day and p.until
      group by r.rule_key, r.account_id, r.day
      union all
      select p.rule_key, p.account_id, p.day, false from replayed p where p.crosses is not true
      union all
      select p.rule_key, p.account_id, p.day, false from crossing p where not exists (select 1 from really r
        where r.rule_key = p.rule_key and r.account_id = p.account_id and r.day between p.day and p.until)),
    losses as materialized (select account_id, day, kind from account_losses
      where workspace_id = ${workspaceId} and day <= ${today}::date),
    fates as (select o.rule_key, o.account_id, bool_or(o.day + 180 <= ${today}::date) as told180,
        bool_or(l.day <= o.day + 180 and o.day + 180 <= ${today}::date) as lost180,
        bool_or(l.kind = 'churned' and l.day <= o.day + 90 and o.day + 90 <= ${today}::date) as churned90,
        bool_or(l.kind = 'churned' and o.day + 180 <= ${today}::date) as churned180,
        bool_or(l.kind = 'shrank' and l.day <= o.day + 90 and o.day + 90 <= ${today}::date) as shrank90,
        bool_or(l.kind = 'shrank' and o.day + 180 <= ${today}::date) as shrank180
      from opened o left join losses l on l.account_id = o.account_id and l.day between o.day and o.day + 180
      group by 1, 2),
    sums as (select rule_key, count(*) as accounts, count(*) filter (where told180) as told180, count(*) filter (where lost180) as lost180,
        count(*) filter (where churned90) as churned90, count(*) filter (where churned180) as churned180,
        count(*) filter (where shrank90) as shrank90, count(*) filter (where shrank180) as shrank180
      from fates group by 1),
    openings as (select rule_key, count(*) as opened, count(*) filter (where dismissed) as dismissed from opened group by 1),
    leads as (select rule_key, percentile_cont(0.5) within group (order by lead) as lead
      from (select o.rule_key, l.account_id, l.day, l.day - min(o.day) as lead
        from losses l join opened o on o.account_id = l.account_id and o.day between l.day - 180 and l.day
        group by 1, 2, 3) one
      group by 1)
    select s.*, c.opened, c.dismissed, l.lead from sums s join openings c on c.rule_key = s.rule_key left join leads l on l.rule_key = s.rule_key`);
  const baseShare180 = rows.length === 0 ? null : await baseShare(tx, workspaceId, today);
  return new Map(rows.map((row) => [row.rule_key, present(row, baseShare180)]));
}

function present(row: Row, baseShare180: number | null): TrackRecordAnswer {
  const { opened, accounts, churned90, churned180, shrank90, shrank180 } = row;
  const { share, low, high } = shareOf(row.lost180, row.told180);
  return {
    ...{ opened, accounts, churned90, churned180, shrank90, shrank180, baseShare180 },
    ...{ share180: share, low180: low, high180: high, medianLeadDays: row.lead },
    dismissedShare: shareOf(row.dismissed, opened).share,
  };
}

/**
 * How often any account is lost within 180 days: the life of each account, cut into stretches of 180 days from its first
 * day, up to its churn; the share of complete stretches with a loss. Null while there is none.
 */
export async function baseShare(tx: Tx, workspaceId: number, today: string): Promise<number | null> {
  const { lost, of } = await tx.one<{ lost: number; of: number }>(sql`
    with lives as (select a.id, coalesce(a.started_on, h.first, a.created_at::date) as first,
        (select min(l.day) from account_losses l where l.workspace_id = a.workspace_id and l.account_id = a.id
          and l.kind = 'churned') as churned
      from accounts a left join (select account_id, min(month) as first from account_histories
        where workspace_id = ${workspaceId} group by account_id) h on h.account_id = a.id
      where a.workspace_id = ${workspaceId} and a.merged_into is null),
    stretches as (select id, first, greatest(0, least((${today}::date - first) / 180, (churned - first) / 180 + 1)) as complete
      from lives),
    lost as (select count(distinct (l.account_id, (l.day - s.first) / 180)) as lost from account_losses l
      join stretches s on s.id = l.account_id
      where l.workspace_id = ${workspaceId} and l.day >= s.first and (l.day - s.first) / 180 < s.complete)
    select lost.lost, coalesce(sum(s.complete), 0)::bigint as of from lost left join stretches s on true group by lost.lost`);
  return shareOf(lost, of).share;
}

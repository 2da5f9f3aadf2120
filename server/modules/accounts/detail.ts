import sql from 'sql-template-tag';
import type { Account } from '#contracts/accounts.ts';
import { type Headline, headlines, type OpenRisk } from '#core/accounts/headlines.ts';
import { dayOf } from '#core/calendar/day.ts';
import type { Band } from '#core/health/scorecard.ts';
import { SIGNAL_KEYS, type SignalKey } from '#core/signals/catalogue.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Calendar, readCalendar } from './calendar.ts';
import { type ListedRow, listedColumns, listedJoins } from './list/query.ts';
import { presentListed } from './present.ts';

interface DetailRow extends ListedRow {
  region: string | null;
  currency: string | null;
  strategic: boolean;
  parent_id: number | null;
  attributes: Record<string, unknown>;
  started_on: string | null;
  created_at: Date;
  merged_into: number | null;
  domains: string[];
  external_ids: { source: string; externalId: string }[];
  /** by slot; null = not judged yet */
  signals: (number | null)[] | null;
  bands: Band[] | null;
  open_risks_now: {
    id: number;
    title: string;
    urgency: OpenRisk['urgency'];
    respond_by: string | null;
    responded: boolean;
  }[];
}

/** One account with all that its page's header shows; also one that was merged. @throws AppError 404 */
export async function readAccount(tx: Tx, workspaceId: number, id: number): Promise<Account> {
  const calendar = await readCalendar(tx, workspaceId);
  const row = await tx.maybe<DetailRow>(sql`select ${listedColumns}, a.region, a.currency, a.strategic, a.parent_id,
      a.attributes, a.started_on, a.created_at, a.merged_into, s.signals, v.definition -> 'bands' as bands,
      array(select d.domain from account_domains d
        where d.workspace_id = l.workspace_id and d.account_id = l.account_id order by 1) as domains,
      (select coalesce(json_agg(json_build_object('source', i.source, 'externalId', i.external_id)
          order by i.source, i.external_id), '[]') from account_ids i
        where i.workspace_id = l.workspace_id and i.account_id = l.account_id) as external_ids,
      (select coalesce(json_agg(json_build_object('id', r.id, 'title', coalesce(e.definition ->> 'title', r.rule_key),
          'urgency', r.urgency, 'respond_by', r.respond_by, 'responded', r.responded_at is not null)), '[]')
        from risk_signals r
        left join risk_rules e on e.workspace_id = r.workspace_id and e.key = r.rule_key
        where r.workspace_id = l.workspace_id and r.account_id = l.account_id and r.is_open) as open_risks_now
    from account_list l ${listedJoins}
    left join scorecard_versions v on v.workspace_id = s.workspace_id and v.scorecard_id = s.scorecard_id
      and v.version = s.scorecard_version
    where l.workspace_id = ${workspaceId} and l.account_id = ${id}`);
  if (!row) throw notFound('account');
  return present(row, calendar, Date.now());
}

function present(row: DetailRow, calendar: Calendar, now: number): Account {
  return {
    ...presentListed(row, calendar.today),
    region: row.region,
    currency: row.currency,
    strategic: row.strategic,
    parentId: row.parent_id,
    attributes: row.attributes,
    domains: row.domains,
    externalIds: row.external_ids,
    startedOn: row.started_on,
    createdAt: row.created_at.toISOString(),
    mergedInto: row.merged_into,
    headlines: row.merged_into === null ? headlinesOf(row, calendar, now) : [],
  };
}

function headlinesOf(row: DetailRow, { timeZone, today }: Calendar, now: number): Headline[] {
  const band = row.bands?.find(({ key }) => key === row.band);
  const day = dayOf(now, timeZone);
  const daysUntil = (instant: number) => dayOf(instant, timeZone) - day;
  const signal = (key: SignalKey) => row.signals?.[SIGNAL_KEYS.indexOf(key)] ?? null;
  return headlines({
    state: row.state,
    judgedDaysAgo: row.as_of === null ? 0 : -daysUntil(row.as_of.getTime()),
    score: row.score,
    bandName: band?.name ?? row.band,
    bandTone: band?.tone ?? null,
    bands: row.bands ?? [],
    change7d: row.change_7d,
    change30d: row.change_30d,
    coverage: row.coverage,
    openRisks: row.open_risks_now.map(({ id, title, urgency, respond_by, responded }) => {
      const respondBy = responded || respond_by === null ? null : Date.parse(respond_by);
      return { id, title, urgency, respondBy, respondInDays: respondBy === null ? null : daysUntil(respondBy) };
    }),
    daysToRenewal: presentListed(row, today).daysToRenewal,
    daysSinceLastActivity: signal('usage.days_since_last_activity'),
    activeUserChange: signal('usage.active_user_change'),
    seatUtilization: signal('seats.utilization'),
  });
}

/**
 * Where the lines of a timeline come from: one query for each kind, giving `key` (stable for one fact), `at` and what
 * the line says as `data`. Each reads one account by an index of its table.
 */
import sql, { type Sql } from 'sql-template-tag';
import type { timelineKinds } from '#contracts/timeline.ts';

export type TimelineKind = (typeof timelineKinds)[number];

export interface Scope {
  workspaceId: number;
  accountId: number;
  timeZone: string;
}

const of = (table: Sql, { workspaceId, accountId }: Scope) =>
  sql`${table}.workspace_id = ${workspaceId} and ${table}.account_id = ${accountId}`;
const t = sql`t`;
/** The instant at which a day begins. */
const dayStart = (day: Sql, { timeZone }: Scope) => sql`((${day})::timestamp at time zone ${timeZone})`;
const today = ({ timeZone }: Scope) => sql`(now() at time zone ${timeZone})::date`;
const contactName = sql`(select coalesce(c.name, c.email) from contacts c
  where c.workspace_id = t.workspace_id and c.id = t.contact_id)`;

export const sources: Readonly<Record<TimelineKind, (scope: Scope) => Sql>> = {
  usage: (scope) => sql`select 'usage:' || t.day as key, t.last_at as at, jsonb_build_object('day', t.day,
      'events', t.events, 'logins', t.logins, 'users', t.users, 'sessions', t.sessions,
      'features', cardinality(t.features)) as data
    from usage_days t where ${of(t, scope)}`,

  ticket: (
    scope,
  ) => sql`select 'ticket:' || t.id || ':' || e.what || ':' || e.n, e.at, jsonb_build_object('what', e.what,
      'subject', t.subject, 'severity', t.severity, 'category', t.category, 'contact', ${contactName})
    from tickets t cross join lateral (
      select 'opened' as what, 1::bigint as n, t.opened_at as at
      union all select 'escalated', 1, t.escalated_at where t.escalated_at is not null
      union all select 'solved', n, at from unnest(t.solved_at) with ordinality as s (at, n)
      union all select 'reopened', n, at from unnest(t.reopened_at) with ordinality as r (at, n)) e
    where ${of(t, scope)}`,

  survey: (scope) => sql`select 'survey:' || t.id, t.answered_at, jsonb_build_object('kind', t.kind, 'survey', t.survey,
      'score', t.score, 'min', t.scale_min, 'max', t.scale_max, 'satisfied', t.satisfied_from,
      'highIsEasy', t.high_is_easy, 'comment', t.comment, 'contact', ${contactName})
    from survey_responses t where ${of(t, scope)}`,

  touchpoint: (scope) => sql`select 'touchpoint:' || t.id, coalesce(t.held_at, t.planned_at), jsonb_build_object(
      'kind', t.kind, 'status', t.status, 'direction', t.direction, 'subject', t.subject, 'outcome', t.outcome,
      'attended', cardinality(t.attended))
    from touchpoints t where ${of(t, scope)}`,

  invoice: (scope) => sql`select 'invoice:' || t.id || ':' || e.what, e.at, jsonb_build_object('what', e.what,
      'amount', t.amount_minor, 'currency', t.currency, 'due', t.due_day)
    from invoices t cross join lateral (
      select 'issued' as what, t.issued_at as at
      union all select 'disputed', t.disputed_from where t.disputed_from is not null
      union all select 'settled', t.disputed_to where t.disputed_to is not null) e
    where ${of(t, scope)}`,

  payment: (scope) => sql`select 'payment:' || t.id, t.at, jsonb_build_object('failed', t.failed,
      'amount', t.amount_minor, 'currency', t.currency)
    from payments t where ${of(t, scope)}`,

  subscription: (
    scope,
  ) => sql`select 'subscription:' || t.id || ':' || e.what || ':' || e.day, ${dayStart(sql`e.day`, scope)},
      jsonb_build_object('what', e.what, 'product', t.product) || e.now || e.was
    from subscriptions t cross join lateral (
      select case when c.from_day = min(c.from_day) over () then 'started' else 'changed' end as what, c.from_day as day,
        jsonb_build_object('plan', c.plan, 'quantity', c.quantity, 'unit', c.unit, 'mrr', c.mrr_minor,
          'currency', c.currency) as now,
        jsonb_build_object('oldPlan', lag(c.plan) over w, 'oldQuantity', lag(c.quantity) over w,
          'oldMrr', lag(c.mrr_minor) over w) as was
      from subscription_changes c where c.workspace_id = t.workspace_id and c.subscription_id = t.id
      window w as (order by c.from_day)
      union all select 'ended', t.end_day, '{}'::jsonb, '{}'::jsonb where t.end_day <= ${today(scope)}) e
    where ${of(t, scope)}`,

  stakeholder: (scope) => sql`select 'stakeholder:' || t.id, t.at, jsonb_build_object('kind', t.kind,
      'detail', t.detail, 'contact', ${contactName})
    from stakeholder_changes t where ${of(t, scope)}`,

  intent: (scope) => sql`select 'intent:' || t.id || ':' || e.what, e.at, jsonb_build_object('what', e.what,
      'kind', t.kind, 'detail', t.detail)
    from intents t cross join lateral (
      select 'raised' as what, t.at
      union all select 'resolved', t.resolved_at where t.resolved_at is not null) e
    where ${of(t, scope)}`,

  goal: (scope) => sql`select 'goal:' || t.id || ':' || e.what, e.at, jsonb_build_object('what', e.kind,
      'objective', t.objective, 'metric', t.metric, 'target', t.target, 'value', e.value, 'amount', e.value_minor,
      'currency', e.currency, 'evidence', e.evidence)
    from goals t cross join lateral (
      select 'started' as kind, 'started' as what, t.started_at as at, null::float8 as value, null::bigint as value_minor,
        null as currency, null as evidence
      union all select 'closed', 'closed', t.closed_at, null, null, null, null where t.closed_at is not null
      union all select 'measured', 'measured:' || extract(epoch from m.at), m.at, m.value, m.value_minor, m.currency,
        m.evidence from goal_measures m where m.workspace_id = t.workspace_id and m.goal_id = t.id) e
    where ${of(t, scope)}`,

  note: (scope) => sql`select 'note:' || t.id, t.created_at, jsonb_build_object('author', t.author_name,
      'body', left(t.body, 300))
    from notes t where ${of(t, scope)} and t.deleted_at is null`,

  health: (
    scope,
  ) => sql`select 'health:' || t.scorecard_id || ':' || extract(epoch from t.at), t.at, jsonb_build_object(
      'scorecard', case when s.is_primary then null else s.name end, 'from', t.from_band, 'to', t.to_band,
      'score', t.score, 'bands', v.definition -> 'bands')
    from band_changes t
    join scorecards s on s.workspace_id = t.workspace_id and s.id = t.scorecard_id
    left join scorecard_versions v on v.workspace_id = s.workspace_id and v.scorecard_id = s.id
      and v.version = s.live_version
    where ${of(t, scope)}`,

  risk: (scope) => sql`select 'risk:' || t.id, t.at, jsonb_build_object('kind', t.kind, 'by', t.by_name,
      'reason', t.detail ->> 'reason', 'title', coalesce(e.definition ->> 'title', r.rule_key))
    from risk_events t
    join risk_signals r on r.workspace_id = t.workspace_id and r.id = t.risk_signal_id
    left join risk_rules e on e.workspace_id = r.workspace_id and e.key = r.rule_key
    where ${of(t, scope)}`,

  change: (scope) => sql`select 'change:' || t.field || ':' || extract(epoch from t.at), t.at, jsonb_build_object(
      'field', t.field, 'reason', t.reason, 'value', case when t.field = 'owner' then (select m.name from members m
        where m.workspace_id = t.workspace_id and m.id::text = t.value) else t.value end,
      'by', (select m.name from members m where m.workspace_id = t.workspace_id and m.id = t.by_member))
    from account_changes t where ${of(t, scope)}`,
};

/** The facts of each source as lines behind a signal; `facet` holds what narrowed.ts asks about. */
import { otherDigits } from '#core/money/money.ts';
import type { SourceKind } from '#core/signals/facts.ts';

const until = `to_timestamp($5::float8 / 1000)`;

/** Units are told in the plural: users, seats, licences. */
const unitOf = `coalesce(case when c.quantity = 1 then regexp_replace(c.unit, '([^s])s$', '\\1') else c.unit end, '')`;

/** Each gives key, at, kind, title, detail, facet; $1 workspace, $2 account, $5 the moment asked about in epoch ms. */
export const factTexts: Record<SourceKind, string> = {
  usage: `select 'usage/' || day as key, last_at as at, 'usage' as kind,
      ${counted('events', 'event')} || coalesce(' by ' || ${counted('users', 'user')}, '') as title,
      concat_ws(', ', ${counted('nullif(sessions, 0)', 'session')}, ${counted('nullif(logins, 0)', 'login')},
        ${counted('nullif(feature_events, 0)', 'feature event')}) as detail, null::jsonb as facet
    from usage_days where workspace_id = $1 and account_id = $2`,
  subscriptions: `select 'subscription/' || s.id || '/' || c.from_day as key, c.from_day::timestamptz as at, 'subscription' as kind,
      concat_ws(' ', s.product, c.plan) as title,
      concat_ws(', ', c.quantity || ' ' || ${unitOf}, ${money('c.mrr_minor', 'c.currency')} || ' a month', 'to ' || s.end_day) as detail, null::jsonb as facet
    from subscriptions s join subscription_changes c on c.workspace_id = s.workspace_id and c.subscription_id = s.id
    where s.workspace_id = $1 and s.account_id = $2`,
  invoices: `select 'invoice/' || i.id as key, i.issued_at as at, 'invoice' as kind, ${money('i.amount_minor', 'i.currency')} || ', due ' || i.due_day as title,
      coalesce((select 'paid ' || max(p.at)::date from payments p where p.workspace_id = i.workspace_id and p.account_id = i.account_id
        and p.invoice_id = i.id and not p.failed), 'not paid') as detail,
      jsonb_build_object('paid', i.amount_minor <= coalesce((select sum(p.amount_minor) from payments p
          where p.workspace_id = i.workspace_id and p.account_id = i.account_id and p.invoice_id = i.id and not p.failed
            and p.at <= ${until}), 0),
        'disputed', i.disputed_from <= ${until} and coalesce(i.disputed_to > ${until}, true)) as facet
    from invoices i where i.workspace_id = $1 and i.account_id = $2`,
  tickets: `select 'ticket/' || t.id as key, t.opened_at as at, 'ticket' as kind, coalesce(t.subject, 'Ticket ' || t.external_id) as title,
      concat_ws(', ', t.severity, t.category, case when o.open then 'open' else 'solved' end,
        case when t.escalated_at is not null then 'escalated' end, 'from ' || coalesce(c.name, c.email)) as detail,
      jsonb_build_object('severity', t.severity, 'category', t.category, 'open', o.open,
        'escalated', t.escalated_at > ${until} - interval '90 days') as facet
    from tickets t left join contacts c on c.workspace_id = t.workspace_id and c.id = t.contact_id
    cross join lateral (select coalesce((select max(x) from unnest(t.solved_at) x where x <= ${until}), '-infinity')
      <= coalesce((select max(x) from unnest(t.reopened_at) x where x <= ${until}), t.opened_at - interval '1 microsecond') as open) o
    where t.workspace_id = $1 and t.account_id = $2`,
  nps: surveyText('nps'),
  csat: surveyText('csat'),
  ces: surveyText('ces'),
  touchpoints: `select 'touchpoint/' || id as key, coalesce(held_at, planned_at) as at, 'touchpoint' as kind, coalesce(subject, kind) as title,
      concat_ws(', ', kind, status, direction, cardinality(attended) || ' of ' || nullif(cardinality(invited), 0) || ' attended') as detail,
      jsonb_build_object('kind', kind, 'unanswered', direction = 'outbound' and replied_at is null) as facet
    from touchpoints where workspace_id = $1 and account_id = $2`,
  stakeholders: `select 'role/' || r.contact_id || '/' || r.role || '/' || r.from_at as key, coalesce(r.to_at, r.from_at) as at, 'stakeholder' as kind,
      coalesce(c.name, c.email, 'A contact') || case when r.to_at is null then ' is ' else ' was ' end || replace(r.role, '_', ' ') as title,
      'from ' || r.from_at::date || coalesce(' to ' || r.to_at::date, '') as detail,
      jsonb_build_object('role', r.role, 'ended', r.to_at <= ${until}) as facet
    from contact_roles r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    where r.workspace_id = $1 and r.account_id = $2
    union all select 'stakeholder/' || s.id, s.at, 'stakeholder',
      upper(left(s.kind, 1)) || replace(substr(s.kind, 2), '_', ' ') || coalesce(': ' || coalesce(c.name, c.email), ''), s.detail,
      jsonb_build_object('kind', s.kind)
    from stakeholder_changes s left join contacts c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    where s.workspace_id = $1 and s.account_id = $2`,
  intents: `select 'intent/' || id as key, at, 'intent' as kind,
      upper(left(kind, 1)) || replace(substr(kind, 2), '_', ' ') as title,
      concat_ws(', ', detail, 'resolved ' || resolved_at::date) as detail,
      jsonb_build_object('kind', kind, 'resolved', coalesce(resolved_at <= ${until}, false)) as facet
    from intents where workspace_id = $1 and account_id = $2`,
  goals: `select 'goal/' || g.id || '/' || m.at as key, m.at, 'goal' as kind, g.objective as title,
      concat_ws(', ', g.metric || ' ' || m.value, ${money('m.value_minor', 'm.currency')}) as detail,
      null::jsonb as facet
    from goals g join goal_measures m on m.workspace_id = g.workspace_id and m.goal_id = g.id where g.workspace_id = $1 and g.account_id = $2`,
};

/** "994,000 USD", "9.50 EUR", "1,200 JPY" from minor units; null where there is no amount. */
function money(minor: string, currency: string): string {
  const codes = (digits: number) =>
    [...otherDigits].flatMap(([code, own]) => (own === digits ? [`'${code}'`] : [])).join(', ');
  const whole = 'FM999,999,999,999,990';
  return `regexp_replace(case when ${currency} in (${codes(0)}) then to_char(${minor}, '${whole}')
    when ${currency} in (${codes(3)}) then to_char(${minor} / 1000.0, '${whole}.000')
    else to_char(${minor} / 100.0, '${whole}.00') end, '\\.0+$', '') || ' ' || ${currency}`;
}

/** "1 user", "2 users"; null where there is no number. */
function counted(number: string, one: string): string {
  return `(${number}) || case when (${number}) = 1 then ' ${one}' else ' ${one}s' end`;
}

function surveyText(kind: string): string {
  return `select 'survey/' || r.id as key, r.answered_at as at, 'survey' as kind, upper(r.kind) || ' ' || r.score as title,
      concat_ws(': ', coalesce(c.name, c.email), r.comment) as detail,
      jsonb_build_object('score', r.score) as facet
    from survey_responses r left join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    where r.workspace_id = $1 and r.account_id = $2 and r.kind = '${kind}'`;
}

/** The facts behind a signal, newest first: those of the source that the signal reads. */
import type { Answer } from '#contracts/kit.ts';
import type { getSignalFacts } from '#contracts/signals.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { SourceKind } from '#core/signals/facts.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';

/** Units are told in the plural: users, seats, licences. */
const unitOf = `coalesce(case when c.quantity = 1 then regexp_replace(c.unit, '([^s])s$', '\\1') else c.unit end, '')`;

/** Each gives key, at, kind, title, detail; $1 workspace, $2 account. */
const texts: Record<SourceKind, string> = {
  usage: `select 'usage/' || day as key, last_at as at, 'usage' as kind,
      ${counted('events', 'event')} || coalesce(' by ' || ${counted('users', 'user')}, '') as title,
      concat_ws(', ', ${counted('nullif(sessions, 0)', 'session')}, ${counted('nullif(logins, 0)', 'login')},
        ${counted('nullif(feature_events, 0)', 'feature event')}) as detail
    from usage_days where workspace_id = $1 and account_id = $2`,
  subscriptions: `select 'subscription/' || s.id || '/' || c.from_day as key, c.from_day::timestamptz as at, 'subscription' as kind,
      concat_ws(' ', s.product, c.plan) as title,
      concat_ws(', ', c.quantity || ' ' || ${unitOf}, round(c.mrr_minor / 100.0, 2) || ' ' || c.currency || ' a month', 'to ' || s.end_day) as detail
    from subscriptions s join subscription_changes c on c.workspace_id = s.workspace_id and c.subscription_id = s.id
    where s.workspace_id = $1 and s.account_id = $2`,
  invoices: `select 'invoice/' || i.id as key, i.issued_at as at, 'invoice' as kind, round(i.amount_minor / 100.0, 2) || ' ' || i.currency || ', due ' || i.due_day as title,
      coalesce((select 'paid ' || max(p.at)::date from payments p where p.workspace_id = i.workspace_id and p.account_id = i.account_id
        and p.invoice_id = i.id and not p.failed), 'not paid') as detail
    from invoices i where i.workspace_id = $1 and i.account_id = $2`,
  tickets: `select 'ticket/' || id as key, opened_at as at, 'ticket' as kind, coalesce(subject, 'Ticket ' || external_id) as title,
      concat_ws(', ', severity, category, case when cardinality(solved_at) > 0 then 'solved' else 'open' end, case when escalated_at is not null then 'escalated' end) as detail
    from tickets where workspace_id = $1 and account_id = $2`,
  nps: surveyText('nps'),
  csat: surveyText('csat'),
  ces: surveyText('ces'),
  touchpoints: `select 'touchpoint/' || id as key, coalesce(held_at, planned_at) as at, 'touchpoint' as kind, coalesce(subject, kind) as title,
      concat_ws(', ', kind, status, direction, cardinality(attended) || ' of ' || nullif(cardinality(invited), 0) || ' attended') as detail
    from touchpoints where workspace_id = $1 and account_id = $2`,
  stakeholders: `select 'role/' || r.contact_id || '/' || r.role || '/' || r.from_at as key, coalesce(r.to_at, r.from_at) as at, 'stakeholder' as kind,
      coalesce(c.name, c.email, 'A contact') || case when r.to_at is null then ' is ' else ' was ' end || replace(r.role, '_', ' ') as title,
      'from ' || r.from_at::date || coalesce(' to ' || r.to_at::date, '') as detail
    from contact_roles r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    where r.workspace_id = $1 and r.account_id = $2
    union all select 'stakeholder/' || id, at, 'stakeholder', replace(kind, '_', ' '), detail
    from stakeholder_changes where workspace_id = $1 and account_id = $2`,
  intents: `select 'intent/' || id as key, at, 'intent' as kind, replace(kind, '_', ' ') as title,
      concat_ws(', ', detail, 'resolved ' || resolved_at::date) as detail from intents where workspace_id = $1 and account_id = $2`,
  goals: `select 'goal/' || g.id || '/' || m.at as key, m.at, 'goal' as kind, g.objective as title,
      concat_ws(', ', g.metric || ' ' || m.value, round(m.value_minor / 100.0, 2) || ' ' || m.currency) as detail
    from goals g join goal_measures m on m.workspace_id = g.workspace_id and m.goal_id = g.id where g.workspace_id = $1 and g.account_id = $2`,
};

/** "1 user", "2 users"; null where there is no number. */
function counted(number: string, one: string): string {
  return `(${number}) || case when (${number}) = 1 then ' ${one}' else ' ${one}s' end`;
}

function surveyText(kind: string): string {
  return `select 'survey/' || r.id as key, r.answered_at as at, 'survey' as kind, upper(r.kind) || ' ' || r.score as title,
      concat_ws(': ', c.name, r.comment) as detail
    from survey_responses r left join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    where r.workspace_id = $1 and r.account_id = $2 and r.kind = '${kind}'`;
}

export async function signalFacts(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  key: string,
  asked: { limit: number; cursor?: string | undefined; until: number },
): Promise<Answer<typeof getSignalFacts>> {
  const signal = CATALOGUE.find((s) => s.key === key);
  if (!signal && !key.startsWith('custom.')) throw notFound('signal');
  const source = signal?.provider;
  const sources: readonly SourceKind[] = !signal
    ? ['usage']
    : !source || source === 'derived'
      ? []
      : FAMILY_SOURCES[signal.family].includes(source)
        ? [source]
        : [];
  const before = readCursor(asked.cursor) ?? asked.until;
  const rows = await tx.many<{ key: string; at: Date; kind: string; title: string; detail: string | null }>({
    text: `select * from (${sources.map((name) => texts[name]).join(' union all ') || emptyText}) f
      where at < to_timestamp($3::float8 / 1000) order by at desc, key limit $4`,
    values: [workspaceId, accountId, before, asked.limit],
  });
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last && rows.length === asked.limit ? writeCursor(last.at.getTime()) : null,
  };
}

const emptyText = `select '' as key, now() as at, '' as kind, '' as title, '' as detail where $1::int is null and $2::bigint is null`;

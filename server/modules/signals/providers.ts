/**
 * The facts of a batch of accounts, one query for each family, in the very shape that core/signals reads
 * (core/signals/facts.ts): the database builds the JSON, so that nothing is mapped here. An account without facts of a
 * family is absent from its answer.
 */
import type { AccountFacts } from '#core/signals/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export type ProvidedFamily = Exclude<keyof AccountFacts, 'usage' | 'pastHealth' | 'coveredFrom'>;

const texts: Record<ProvidedFamily, string> = {
  subscriptions: `select s.account_id, json_agg(json_build_object(
      'id', s.id, 'product', s.product, 'startDay', day_number(s.start_day), 'endDay', day_number(s.end_day),
      'renewalDay', day_number(s.renewal_day), 'termMonths', s.term_months, 'autoRenew', s.auto_renew,
      'changes', (select json_agg(json_build_object('fromDay', day_number(c.from_day), 'plan', c.plan,
          'quantity', c.quantity, 'unit', c.unit, 'mrrMinor', c.mrr_minor, 'currency', c.currency) order by c.from_day)
        from subscription_changes c where c.workspace_id = s.workspace_id and c.subscription_id = s.id)
      ) order by s.start_day, s.id) as facts
    from subscriptions s where s.workspace_id = $1 and s.account_id = any($2::bigint[]) group by s.account_id`,

  arrStatements: `select a.account_id, json_agg(json_build_object('fromDay', day_number(a.from_day),
      'amountMinor', a.amount_minor, 'currency', a.currency, 'beforeContracts', a.before_contracts) order by a.from_day) as facts
    from arr_statements a where a.workspace_id = $1 and a.account_id = any($2::bigint[]) group by a.account_id`,

  invoices: `select i.account_id, json_agg(json_build_object(
      'dueDay', day_number(i.due_day), 'issuedAt', ms(i.issued_at), 'amountMinor', i.amount_minor, 'currency', i.currency,
      'payments', coalesce((select json_agg(json_build_object('at', ms(p.at), 'amountMinor', p.amount_minor) order by p.at)
        from payments p where p.workspace_id = i.workspace_id and p.account_id = i.account_id and p.invoice_id = i.id and not p.failed), '[]'),
      'failedAt', coalesce((select json_agg(ms(p.at) order by p.at)
        from payments p where p.workspace_id = i.workspace_id and p.account_id = i.account_id and p.invoice_id = i.id and p.failed), '[]'),
      'disputes', case when i.disputed_from is null then '[]'::json
        else json_build_array(json_build_object('fromAt', ms(i.disputed_from), 'toAt', ms(i.disputed_to))) end
      ) order by i.issued_at, i.id) as facts
    from invoices i where i.workspace_id = $1 and i.account_id = any($2::bigint[]) group by i.account_id`,

  tickets: `select t.account_id, json_agg(json_build_object(
      'openedAt', ms(t.opened_at), 'severity', t.severity, 'firstResponseAt', ms(t.first_response_at),
      'solvedAt', (select coalesce(json_agg(ms(x) order by x), '[]') from unnest(t.solved_at) x),
      'reopenedAt', (select coalesce(json_agg(ms(x) order by x), '[]') from unnest(t.reopened_at) x),
      'escalatedAt', ms(t.escalated_at), 'category', t.category, 'sentiment', t.sentiment) order by t.opened_at, t.id) as facts
    from tickets t where t.workspace_id = $1 and t.account_id = any($2::bigint[]) group by t.account_id`,

  surveys: `select r.account_id, json_agg(json_build_object(
      'kind', r.kind, 'answeredAt', ms(r.answered_at), 'contact', r.contact_id, 'score', r.score, 'scaleMin', r.scale_min,
      'scaleMax', r.scale_max, 'satisfiedFrom', r.satisfied_from, 'highIsEasy', r.high_is_easy) order by r.answered_at, r.id) as facts
    from survey_responses r where r.workspace_id = $1 and r.account_id = any($2::bigint[]) group by r.account_id`,

  touchpoints: `select t.account_id, json_agg(json_build_object(
      'kind', t.kind, 'plannedAt', ms(t.planned_at), 'heldAt', ms(t.held_at), 'status', t.status, 'direction', t.direction,
      'repliedAt', ms(t.replied_at), 'invited', to_json(t.invited), 'attended', to_json(t.attended))
      order by coalesce(t.held_at, t.planned_at), t.id) as facts
    from touchpoints t where t.workspace_id = $1 and t.account_id = any($2::bigint[]) group by t.account_id`,

  // Who is at the account, and who had a role there and has moved on: a champion who changes companies is one who left.
  contacts: `select p.account_id, json_agg(json_build_object(
      'id', p.id, 'sinceAt', ms(p.since), 'leftAt', ms(p.left_at),
      'roles', (select coalesce(json_agg(json_build_object('role', r.role, 'fromAt', ms(r.from_at), 'toAt', ms(r.to_at)) order by r.from_at), '[]')
        from contact_roles r where r.workspace_id = $1 and r.account_id = p.account_id and r.contact_id = p.id)
      ) order by p.since, p.id) as facts
    from (
      select c.account_id, c.id, c.since, c.left_at from contacts c
      where c.workspace_id = $1 and c.account_id = any($2::bigint[]) and c.merged_into is null
        and (not c.is_user or exists (select 1 from contact_roles r where r.workspace_id = c.workspace_id
          and r.account_id = c.account_id and r.contact_id = c.id))
      union all
      select r.account_id, c.id, coalesce(m.since, c.since), case when m.stays then c.left_at else m.left_at end
      from (select distinct account_id, contact_id from contact_roles
          where workspace_id = $1 and account_id = any($2::bigint[])) r
        join contacts c on c.workspace_id = $1 and c.id = r.contact_id and c.account_id <> r.account_id and c.merged_into is null
        cross join lateral (select min(from_at) as since, max(to_at) as left_at, bool_or(to_at is null) as stays
          from contact_accounts where workspace_id = $1 and contact_id = c.id and account_id = r.account_id) m) p
    group by p.account_id`,

  stakeholderChanges: `select s.account_id, json_agg(json_build_object('kind', s.kind, 'at', ms(s.at)) order by s.at, s.id) as facts
    from stakeholder_changes s where s.workspace_id = $1 and s.account_id = any($2::bigint[]) group by s.account_id`,

  intents: `select i.account_id, json_agg(json_build_object('kind', i.kind, 'at', ms(i.at), 'resolvedAt', ms(i.resolved_at)) order by i.at, i.id) as facts
    from intents i where i.workspace_id = $1 and i.account_id = any($2::bigint[]) group by i.account_id`,

  goals: `select g.account_id, json_agg(json_build_object(
      'startAt', ms(g.started_at), 'dueAt', ms(g.due_at), 'closedAt', ms(g.closed_at), 'baseline', g.baseline, 'target', g.target,
      'measures', (select coalesce(json_agg(json_build_object('at', ms(m.at), 'value', m.value) order by m.at), '[]')
        from goal_measures m where m.workspace_id = g.workspace_id and m.goal_id = g.id and m.value is not null),
      'values', (select coalesce(json_agg(json_build_object('at', ms(m.at), 'amountMinor', m.value_minor, 'currency', m.currency,
          'confirmed', m.confirmed) order by m.at), '[]')
        from goal_measures m where m.workspace_id = g.workspace_id and m.goal_id = g.id and m.value_minor is not null)
      ) order by g.started_at, g.id) as facts
    from goals g where g.workspace_id = $1 and g.account_id = any($2::bigint[]) group by g.account_id`,

  attributes: `select a.id as account_id, a.attributes as facts from accounts a
    where a.workspace_id = $1 and a.id = any($2::bigint[])`,
};

/** @returns account id → its facts of the family */
export async function provide<F extends ProvidedFamily>(
  tx: Tx,
  workspaceId: number,
  family: F,
  accountIds: readonly number[],
): Promise<Map<number, NonNullable<AccountFacts[F]>>> {
  const rows = await tx.many<{ account_id: number; facts: NonNullable<AccountFacts[F]> }>({
    name: `provide-${family}`,
    text: texts[family],
    values: [workspaceId, accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.facts]));
}

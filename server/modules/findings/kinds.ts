/**
 * Contradictions between facts. They never stop an import: the facts stay as their sources say, and a person sees where two
 * of them cannot both be true. Each query gives accounts with how often it holds there.
 */
export interface FindingKind {
  kind: string;
  title: string;
  explanation: string;
  /** rows of (account_id, times, text); $1 is the workspace */
  query: string;
}

const terms = `
  select s.account_id, min(s.start_day) as first_day,
    case when bool_or(s.end_day is null) then null else max(s.end_day) end as last_end
  from subscriptions s where s.workspace_id = $1 group by s.account_id`;

const counted = (one: string) => `count(*) || case count(*) when 1 then ' ${one}' else ' ${one}s' end`;
const written = (day: string) => `to_char(${day}, 'FMDD Mon YYYY')`;

export const findingKinds: readonly FindingKind[] = [
  {
    kind: 'usage_before_subscription',
    title: 'Usage before the first subscription',
    explanation:
      'The account used the product on days before any contract began: a trial, a contract that was not imported, or wrong dates. Counted in account-days.',
    query: `select u.account_id, count(*) as times,
        format('%s of usage before the first subscription on %s', ${counted('day')}, ${written('t.first_day')}) as text
      from (${terms}) t join usage_days u on u.workspace_id = $1 and u.account_id = t.account_id and u.day < t.first_day
      where u.events > 0 group by u.account_id, t.first_day`,
  },
  {
    kind: 'usage_after_end',
    title: 'Usage after the last subscription ended',
    explanation:
      'The account goes on using the product although all its contracts have ended: access that was not closed, or a renewal that was not imported. Counted in account-days.',
    query: `select u.account_id, count(*) as times,
        format('%s of usage after the last subscription ended on %s', ${counted('day')}, ${written('t.last_end')}) as text
      from (${terms}) t join usage_days u on u.workspace_id = $1 and u.account_id = t.account_id and u.day >= t.last_end
      where u.events > 0 group by u.account_id, t.last_end`,
  },
  {
    kind: 'overlapping_terms',
    title: 'Overlapping terms',
    explanation:
      'Two subscriptions of the same product and unit run at the same time. Both count towards MRR; if one replaces the other, MRR is too high. Counted in subscriptions.',
    query: `select account_id, count(*) as times, format('%s of %s, the first on %s', ${counted('overlapping line')},
        (array_agg(product order by start_day))[1], ${written('min(start_day)')}) as text
      from (select s.account_id, s.product, s.start_day, max(coalesce(s.end_day, 'infinity')) over (
          partition by s.account_id, s.product, c.unit order by s.start_day, s.id
          rows between unbounded preceding and 1 preceding) as earlier_end
        from subscriptions s left join lateral (select unit from subscription_changes c where c.workspace_id = $1
          and c.subscription_id = s.id order by from_day limit 1) c on true
        where s.workspace_id = $1 and s.end_day is distinct from s.start_day) o
      where earlier_end > start_day group by account_id`,
  },
  {
    kind: 'churned_but_active',
    title: 'Marked as churned, with a running subscription',
    explanation:
      'The source says that the customer has left, and a contract is still running today. Counted in accounts.',
    query: `select a.id as account_id, 1 as times, format('marked as churned; %s', ${counted('running subscription')}) as text
      from accounts a join subscriptions s on s.workspace_id = $1 and s.account_id = a.id
        and s.start_day <= current_date and coalesce(s.end_day, 'infinity') > current_date
      where a.workspace_id = $1 and a.attributes -> 'churned' = 'true' group by a.id`,
  },
  {
    kind: 'churned_without_cancellation',
    title: 'Marked as churned, without a cancellation',
    explanation: 'The source says that the customer has left, and no cancellation is known. Counted in accounts.',
    query: `select a.id as account_id, 1 as times, 'marked as churned; no cancellation is known' as text from accounts a
      where a.workspace_id = $1 and a.attributes -> 'churned' = 'true'
        and exists (select 1 from intents i where i.workspace_id = $1 and i.kind = 'cancellation')
        and not exists (select 1 from intents i where i.workspace_id = $1 and i.account_id = a.id and i.kind = 'cancellation')`,
  },
  {
    kind: 'cancellation_without_churn',
    title: 'Cancellations of customers marked as staying',
    explanation:
      'A cancellation is known that was never taken back, and the source says that the customer has not left. Counted in accounts.',
    query: `select a.id as account_id, 1 as times,
        format('%s, the last on %s; marked as not churned', ${counted('cancellation')}, ${written('max(i.at)')}) as text
      from accounts a join intents i on i.workspace_id = $1 and i.account_id = a.id and i.kind = 'cancellation'
        and i.resolved_at is null
      where a.workspace_id = $1 and a.attributes -> 'churned' = 'false' group by a.id`,
  },
  {
    kind: 'usage_after_cancellation',
    title: 'Usage more than 30 days after a cancellation',
    explanation:
      'The customer cancelled, nothing says that it was taken back, and the product is still used more than 30 days later. Counted in account-days.',
    query: `select u.account_id, count(*) as times,
        format('%s of usage more than 30 days after the cancellation on %s', ${counted('day')}, ${written('c.at')}) as text
      from (select account_id, max(at)::date as at from intents where workspace_id = $1 and kind = 'cancellation'
          and resolved_at is null group by account_id) c
        join usage_days u on u.workspace_id = $1 and u.account_id = c.account_id and u.day > c.at + 30
      where u.events > 0 group by u.account_id, c.at`,
  },
  {
    kind: 'payments_without_invoice',
    title: 'Payments whose invoice is missing',
    explanation: 'A payment names an invoice that was never imported. Counted in payments.',
    query: `select account_id, count(*) as times, format('%s, one for invoice %s', ${counted('payment')}, min(invoice_ref)) as text
      from payments where workspace_id = $1 and invoice_ref is not null and invoice_id is null group by account_id`,
  },
  {
    kind: 'currency_without_rate',
    title: 'Money without an exchange rate',
    explanation:
      'A contract is in a currency that has no exchange rate to the currency of the workspace, so its ARR counts as unknown. Give the rate under Settings, Workspace. Counted in contract lines.',
    query: `select s.account_id, count(*) as times,
        format('%s in %s, the workspace counts in %s', ${counted('line')}, min(c.currency), min(w.currency)) as text
      from workspaces w join subscription_changes c on c.workspace_id = w.id and c.currency <> w.currency
      join subscriptions s on s.workspace_id = w.id and s.id = c.subscription_id
      where w.id = $1 and not exists (select 1 from exchange_rates r where r.workspace_id = $1 and r.currency = c.currency)
      group by s.account_id`,
  },
  {
    kind: 'unknown_owner',
    title: 'Owners who are no members',
    explanation:
      'A source names an owner whose e-mail address no member of this workspace has. Invite them, and import again. Counted in accounts.',
    query: `select a.id as account_id, 1 as times, format('owner %s is no member', a.attributes ->> 'owner') as text
      from accounts a where a.workspace_id = $1 and a.owner_id is null and a.attributes ->> 'owner' like '%@%'`,
  },
];

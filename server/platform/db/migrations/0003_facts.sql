-- What happened and what was agreed. `source` and `external_id` name a fact from outside: the same one again changes nothing.

-- How instants and days travel to the program: epoch milliseconds, and days since 1970-01-01.
create function ms(t timestamptz) returns float8 language sql immutable parallel safe
  return extract(epoch from t)::float8 * 1000;
create function day_number(d date) returns int language sql immutable parallel safe return d - date '1970-01-01';

create table subscriptions (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  source text not null,
  external_id text not null,
  product text not null,
  start_day date not null,
  end_day date,
  renewal_day date,
  term_months int,
  auto_renew boolean,
  billing_interval text,
  status text,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id),
  check (end_day is null or end_day >= start_day));
create index subscriptions_account on subscriptions (workspace_id, account_id, start_day);
select fence('subscriptions');

-- Dated rows: plan, seats and money are known for any day.
create table subscription_changes (
  workspace_id int not null,
  subscription_id bigint not null,
  from_day date not null,
  plan text,
  quantity double precision,
  unit text,
  mrr_minor bigint not null,
  currency char(3) not null,
  primary key (workspace_id, subscription_id, from_day));
select fence('subscription_changes');

create table invoices (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  source text not null,
  external_id text not null,
  issued_at timestamptz not null,
  due_day date not null,
  amount_minor bigint not null,
  currency char(3) not null,
  disputed_from timestamptz,
  disputed_to timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index invoices_account on invoices (workspace_id, account_id, due_day);
select fence('invoices');

create table payments (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  invoice_id bigint,
  -- the invoice as its source names it, so that it is found when it arrives later
  invoice_ref text,
  source text not null,
  external_id text not null,
  at timestamptz not null,
  amount_minor bigint not null,
  currency char(3) not null,
  failed boolean not null default false,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index payments_account on payments (workspace_id, account_id, at);
create index payments_waiting on payments (workspace_id, source, invoice_ref) where invoice_id is null;
select fence('payments');

create table tickets (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  contact_id bigint,
  source text not null,
  external_id text not null,
  subject text,
  severity text not null default 'normal' check (severity in ('low', 'normal', 'high', 'urgent')),
  category text,
  tags text[] not null default '{}',
  sentiment double precision check (sentiment between -1 and 1),
  opened_at timestamptz not null,
  first_response_at timestamptz,
  solved_at timestamptz[] not null default '{}',
  reopened_at timestamptz[] not null default '{}',
  escalated_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index tickets_account on tickets (workspace_id, account_id, opened_at);
select fence('tickets');

create table survey_responses (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  contact_id bigint,
  source text not null,
  external_id text not null,
  kind text not null check (kind in ('nps', 'csat', 'ces', 'custom')),
  survey text,
  score double precision not null,
  scale_min double precision not null,
  scale_max double precision not null check (scale_max > scale_min),
  satisfied_from double precision,
  high_is_easy boolean not null default true,
  comment text,
  channel text,
  answered_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index survey_responses_account on survey_responses (workspace_id, account_id, answered_at);
select fence('survey_responses');

create table touchpoints (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  source text not null,
  external_id text not null,
  kind text not null check (kind in
    ('call', 'email', 'meeting', 'qbr', 'ebr', 'training', 'webinar', 'office_hours', 'kickoff')),
  subject text,
  planned_at timestamptz,
  held_at timestamptz,
  status text not null check (status in ('planned', 'held', 'no_show', 'cancelled', 'moved')),
  direction text check (direction in ('inbound', 'outbound')),
  replied_at timestamptz,
  invited bigint[] not null default '{}',
  attended bigint[] not null default '{}',
  outcome text,
  next_milestone text,
  next_milestone_day date,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id),
  check (planned_at is not null or held_at is not null));
create index touchpoints_account on touchpoints (workspace_id, account_id, (coalesce(held_at, planned_at)));
select fence('touchpoints');

create table stakeholder_changes (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  contact_id bigint,
  source text not null,
  external_id text not null,
  kind text not null check (kind in
    ('champion_left', 'new_executive', 'role_change', 'sponsor_left', 'decision_maker_left')),
  detail text,
  at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index stakeholder_changes_account on stakeholder_changes (workspace_id, account_id, at);
select fence('stakeholder_changes');

create table intents (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  source text not null,
  external_id text not null,
  kind text not null check (kind in ('competitor', 'budget_cut', 'restructuring', 'downgrade', 'cancellation')),
  detail text,
  at timestamptz not null,
  resolved_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index intents_account on intents (workspace_id, account_id, at);
select fence('intents');

create table goals (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  source text not null,
  external_id text not null,
  objective text not null,
  metric text,
  baseline double precision,
  target double precision,
  started_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id));
create index goals_account on goals (workspace_id, account_id);
select fence('goals');

create table goal_measures (
  workspace_id int not null,
  goal_id bigint not null,
  at timestamptz not null,
  value double precision,
  -- value in money, with whether the customer confirmed it
  value_minor bigint,
  currency char(3),
  confirmed boolean not null default false,
  evidence text,
  primary key (workspace_id, goal_id, at));
select fence('goal_measures');

-- Facts that found no account yet. Once a person resolves the reference they are stored as of their own date.
create table unmatched_facts (
  workspace_id int not null,
  id bigint generated always as identity,
  source text not null,
  reference text not null,
  kind text not null,
  fact_key text not null,
  payload jsonb not null,
  first_seen timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, source, reference, kind, fact_key));
create index unmatched_facts_reference on unmatched_facts (workspace_id, reference);
select fence('unmatched_facts');

-- A person's decision that a reference is nobody's customer; its facts stay, but are no longer listed.
create table ignored_references (
  workspace_id int not null,
  source text not null,
  reference text not null,
  by_member bigint,
  at timestamptz not null default now(),
  primary key (workspace_id, source, reference));
select fence('ignored_references');

-- Where two facts contradict each other. Rewritten for an account or import as a whole.
create table data_findings (
  workspace_id int not null,
  kind text not null,
  scope text not null,
  count int not null,
  examples jsonb not null,
  found_at timestamptz not null default now(),
  primary key (workspace_id, kind, scope));
select fence('data_findings');

-- What is computed from facts: current signals, health, risk, and their past.

create table dirty_accounts (
  workspace_id int not null,
  account_id bigint not null,
  -- bit mask of the fact families that changed (modules/dirty/families.ts)
  families int not null,
  since timestamptz not null default clock_timestamp(),
  -- earliest day whose past must be computed again; null = only today
  history_from date,
  -- grows with every new fact, so that an evaluator removes only what it has seen
  generation int not null default 0,
  claimed_until timestamptz,
  -- marked with all others, by a change of definitions or of the day: it waits for accounts with new facts
  en_masse boolean not null default false,
  primary key (workspace_id, account_id)) with (fillfactor = 50);
create index dirty_since on dirty_accounts (workspace_id, en_masse, since);
select fence('dirty_accounts');

-- Accounts whose stored past is older than their facts.
create table stale_histories (
  workspace_id int not null,
  account_id bigint not null,
  from_day date not null,
  since timestamptz not null default now(),
  primary key (workspace_id, account_id));
select fence('stale_histories');

create table account_states (
  workspace_id int not null,
  account_id bigint not null,
  as_of timestamptz not null,
  day date not null,
  -- shipped signals by slot (core/signals/catalogue.ts), booleans as 0 and 1, money in minor units
  signals double precision[] not null,
  custom jsonb not null default '{}',
  scorecard_id bigint,
  scorecard_version int,
  state text not null check (state in ('scored', 'insufficient')),
  score double precision,
  computed_score double precision,
  band text,
  coverage double precision not null,
  overridden boolean not null default false,
  change_7d double precision,
  change_30d double precision,
  -- the last 30 daily scores, oldest first, null = none
  spark smallint[] not null default '{}',
  risk_level smallint not null default 0,
  open_risks int not null default 0,
  arr_minor bigint,
  renewal_day date,
  seats double precision,
  active_users int,
  last_active_day date,
  tier text,
  stage text,
  primary key (workspace_id, account_id)) with (fillfactor = 70);
create index account_states_score on account_states (workspace_id, score, account_id);
create index account_states_arr on account_states (workspace_id, arr_minor, account_id);
create index account_states_renewal on account_states (workspace_id, renewal_day, account_id);
create index account_states_risk on account_states (workspace_id, risk_level, account_id);
select fence('account_states');

-- Scores with which the last days ended, and the day the present band began (core/signals/health.ts reads them).
create table account_pasts (
  workspace_id int not null,
  account_id bigint not null,
  past jsonb not null,
  primary key (workspace_id, account_id));
select fence('account_pasts');

-- The past of one account and month in one compressed block (modules/signals/history.ts).
-- reading 'then' is written once on its day; 'now' is recomputed when older facts arrive.
create table account_histories (
  workspace_id int not null,
  account_id bigint not null,
  month date not null,
  reading text not null check (reading in ('then', 'now')),
  block bytea not null,
  primary key (workspace_id, account_id, month, reading));
alter table account_histories alter column block set storage external;
select fence('account_histories');

-- The book of a day by band, owner and tier: charts over time need no account's past.
create table book_days (
  workspace_id int not null,
  day date not null,
  owner_id bigint not null,
  tier text not null,
  band text not null,
  accounts int not null,
  arr_minor bigint not null,
  primary key (workspace_id, day, owner_id, tier, band));
select fence('book_days');
-- The first day whose book is older than the accounts' pasts; no row = none.
create table stale_books (
  workspace_id int not null primary key,
  from_day date not null,
  -- grows with every mark, so that a rebuild removes only what it has seen
  generation int not null default 0);
select fence('stale_books');

create table scorecards (
  workspace_id int not null,
  id bigint generated always as identity,
  key text not null,
  name text not null,
  is_primary boolean not null default false,
  live_version int,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, key));
select fence('scorecards');

create table scorecard_versions (
  workspace_id int not null,
  scorecard_id bigint not null,
  version int not null,
  definition jsonb not null,
  note text,
  created_by bigint,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  primary key (workspace_id, scorecard_id, version));
select fence('scorecard_versions');

create table account_scores (
  workspace_id int not null,
  account_id bigint not null,
  scorecard_id bigint not null,
  version int not null,
  state text not null,
  score double precision,
  band text,
  coverage double precision not null,
  at timestamptz not null,
  primary key (workspace_id, account_id, scorecard_id));
select fence('account_scores');

create table band_changes (
  workspace_id int not null,
  account_id bigint not null,
  scorecard_id bigint not null,
  at timestamptz not null,
  from_band text,
  to_band text,
  score double precision,
  primary key (workspace_id, account_id, scorecard_id, at));
select fence('band_changes');

-- A signal that crossed a limit that a rule or scorecard uses.
create table signal_crossings (
  workspace_id int not null,
  account_id bigint not null,
  key text not null,
  at timestamptz not null,
  threshold double precision not null,
  from_value double precision,
  to_value double precision,
  primary key (workspace_id, account_id, key, at, threshold));
select fence('signal_crossings');

create table score_overrides (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  scorecard_id bigint not null,
  score double precision check (score between 0 and 100),
  band text,
  reason text not null,
  until timestamptz not null,
  by_member bigint,
  by_name text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (workspace_id, id));
create index score_overrides_account on score_overrides (workspace_id, account_id) where ended_at is null;
select fence('score_overrides');

create table risk_rules (
  workspace_id int not null,
  key text not null,
  definition jsonb not null,
  enabled boolean not null default true,
  shipped boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, key));
select fence('risk_rules');

create table risk_signals (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  rule_key text not null,
  -- the machine of core/risk/state.ts; the columns beside it are for lists
  state jsonb not null,
  status text not null,
  urgency text not null,
  opened_at timestamptz,
  respond_by timestamptz,
  responded_at timestamptz,
  resolved_at timestamptz,
  next_check_at timestamptz,
  is_open boolean not null,
  dismissed boolean not null default false,
  primary key (workspace_id, id));
create index risk_signals_open on risk_signals (workspace_id, respond_by) where is_open;
create index risk_signals_account on risk_signals (workspace_id, account_id, rule_key, id desc);
create index risk_signals_check on risk_signals (workspace_id, next_check_at) where next_check_at is not null;
select fence('risk_signals');

create table risk_events (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  risk_signal_id bigint not null,
  at timestamptz not null,
  kind text not null,
  by_member bigint,
  by_name text,
  detail jsonb not null default '{}',
  primary key (workspace_id, id));
create index risk_events_signal on risk_events (workspace_id, risk_signal_id, at);
select fence('risk_events');

create table custom_signals (
  workspace_id int not null,
  key text not null,
  definition jsonb not null,
  created_by bigint,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key));
select fence('custom_signals');

-- What each rule would have opened in the past that was filled in later: its track record before it was on.
create table risk_replays (
  workspace_id int not null,
  rule_key text not null,
  account_id bigint not null,
  opened_day date not null,
  resolved_day date,
  primary key (workspace_id, rule_key, account_id, opened_day));
select fence('risk_replays');

-- Days on which an account churned or its ARR shrank, found while its past was computed.
create table account_losses (
  workspace_id int not null,
  account_id bigint not null,
  day date not null,
  kind text not null check (kind in ('churned', 'shrank')),
  arr_lost_minor bigint not null,
  primary key (workspace_id, account_id, day));
select fence('account_losses');

-- Telemetry: raw events, and the compact usage facts that signals read.

-- A property's text as a number; null where it is none. Never an error: properties are whatever customers send.
create function num(t text) returns float8 language sql immutable parallel safe
  return case when t ~ '^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?\s*$' and length(t) < 40 then t::float8 end;

create table event_names (
  workspace_id int not null,
  id int generated always as identity,
  kind text not null check (kind in ('track', 'page', 'screen', 'identify', 'group', 'alias')),
  name text not null,
  is_login boolean not null default false,
  first_seen timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, kind, name));
select fence('event_names');

create table features (
  workspace_id int not null,
  id int generated always as identity,
  key text not null,
  name text not null,
  area text,
  core boolean not null default false,
  advanced boolean not null default false,
  plans text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, key));
select fence('features');

create table feature_events (
  workspace_id int not null,
  feature_id int not null,
  event_name_id int not null,
  primary key (workspace_id, feature_id, event_name_id));
select fence('feature_events');

-- Unique key with ts before message_id: the newest rows are at the right edge whatever ids an SDK sends
-- (35 µs a row at 10 M rows; with random ids first it was 250 µs).
create table events (
  workspace_id int not null,
  ts timestamptz not null,
  message_id uuid not null,
  account_id bigint,
  -- the account it was stored for, when a merge has moved it to another
  own_account_id bigint,
  contact_id bigint,
  event_name_id int not null,
  -- what the event named when it found no account
  reference text,
  properties jsonb,
  received_at timestamptz not null default now(),
  primary key (workspace_id, ts, message_id)
) partition by range (ts);
create index events_account on events (workspace_id, account_id, ts desc);
create index events_unmatched on events (workspace_id, reference) where account_id is null;
select fence('events');

-- A partition is reached through its parent only: fenced without a policy, it shows nothing by itself.
create function ensure_events_partition(month date) returns void language plpgsql as $$
declare
  part text := 'events_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass(part) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('events_partition'));
  if to_regclass(part) is not null then return; end if;
  execute format('create table %I partition of events for values from (%L) to (%L)',
    part, month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
  execute format('alter table %I enable row level security', part);
  execute format('alter table %I force row level security', part);
end $$;
-- History before 2010 is rare enough to share one partition.
create table events_before_2010 partition of events for values from (minvalue) to ('2010-01-01 00:00:00+00');
alter table events_before_2010 enable row level security;
alter table events_before_2010 force row level security;

-- Events whose own time has not come (clocks run ahead): stored, and counted when it has.
create table events_ahead (
  workspace_id int not null,
  ts timestamptz not null,
  message_id uuid not null,
  primary key (workspace_id, ts, message_id));
select fence('events_ahead');

create table usage_accounts (
  workspace_id int not null,
  account_id bigint not null,
  first_event_at timestamptz,
  first_day date not null,
  primary key (workspace_id, account_id));
select fence('usage_accounts');

create table usage_days (
  workspace_id int not null,
  account_id bigint not null,
  day date not null,
  source text not null check (source in ('events', 'counts')),
  events double precision not null,
  feature_events double precision not null,
  logins double precision not null,
  users int,
  sessions int not null,
  session_seconds double precision not null,
  carried_seconds double precision[] not null default '{}',
  features int[] not null default '{}',
  last_at timestamptz not null,
  primary key (workspace_id, account_id, day)) with (fillfactor = 80);
select fence('usage_days');

create table usage_users (
  workspace_id int not null,
  account_id bigint not null,
  month date not null,
  contact_id bigint not null,
  active_days int not null,
  -- { feature id: mask of days }
  features jsonb not null default '{}',
  primary key (workspace_id, account_id, month, contact_id)) with (fillfactor = 80);
select fence('usage_users');

-- Working state of sessions: a user's stretches of activity on a day. Older ones are dropped by the daily pass and
-- rebuilt from raw events when a late event falls there.
create table usage_segments (
  workspace_id int not null,
  account_id bigint not null,
  contact_id bigint not null,
  day date not null,
  -- [[startMs, endMs], …]
  segments jsonb not null,
  primary key (workspace_id, account_id, contact_id, day)) with (fillfactor = 80);
create index usage_segments_day on usage_segments (workspace_id, day);
select fence('usage_segments');

-- Accounts whose usage must be counted again from raw events: history came in, a mapping or the calendar changed.
create table stale_usage (
  workspace_id int not null,
  account_id bigint not null,
  since timestamptz not null default clock_timestamp(),
  primary key (workspace_id, account_id));
select fence('stale_usage');

create table usage_counts (
  workspace_id int not null,
  account_id bigint not null,
  day date not null,
  -- 0 = the whole day, whatever the event
  event_name_id int not null,
  -- hash of what the row's source calls the account, and of its subscription or own id: rows of several parts add up
  part bigint not null default 0,
  count double precision,
  users int,
  primary key (workspace_id, account_id, day, event_name_id, part));
select fence('usage_counts');

create table rejected_events (
  workspace_id int not null,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  write_key_id bigint,
  reason text not null,
  field text,
  payload jsonb,
  raw text,
  replayed_at timestamptz,
  primary key (workspace_id, id));
select fence('rejected_events');

-- When a message without a time of its own was first received: a repetition finds it here. Kept for a week.
create table undated_messages (
  workspace_id int not null,
  message_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, message_id));
select fence('undated_messages');

create table intake_minutes (
  workspace_id int not null,
  source text not null,
  minute timestamptz not null,
  accepted int not null default 0,
  duplicates int not null default 0,
  rejected int not null default 0,
  unmatched int not null default 0,
  last_event_at timestamptz,
  max_lag_ms bigint,
  primary key (workspace_id, source, minute));
select fence('intake_minutes');

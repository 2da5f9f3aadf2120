-- Which of several sources is believed (chapter 01: the loser's value is kept, and the disagreement is listed).

-- What each source said last about an account, in one row an account and source: a batch of telemetry's traits writes a row
-- for each account of which it says something new. Nothing is known of what was said before this migration.
create table account_claims (
  workspace_id int not null,
  account_id bigint not null,
  source text not null,
  -- field → [value, since when the source says so in epoch ms, by which import, key or member or null]
  said jsonb not null,
  primary key (workspace_id, account_id, source)) with (fillfactor = 70);
select fence('account_claims');

-- Fields whose order is not the usual one; '*' is all fields without an order of their own.
create table truth_orders (
  workspace_id int not null,
  field text not null,
  -- the most trusted first
  sources text[] not null,
  primary key (workspace_id, field));
select fence('truth_orders');

-- Fields on which sources disagree now, kept with the claims: looking for them over all accounts would take seconds.
create table account_disputes (
  workspace_id int not null,
  account_id bigint not null,
  field text not null,
  -- [{source, value, at, by}], the one in force first
  said jsonb not null,
  -- of ARR, in the workspace's currency: how far what is said lies apart, and the most of it
  difference_minor bigint,
  most_minor bigint,
  -- a member has decided it, and no source has changed its mind since
  settled boolean not null default false,
  since timestamptz not null default now(),
  primary key (workspace_id, account_id, field));
create index account_disputes_field on account_disputes (workspace_id, field);
select fence('account_disputes');

-- ARR that a source states for a whole account, from a day on; amount null = none is stated any more.
create table arr_statements (
  workspace_id int not null,
  account_id bigint not null,
  from_day date not null,
  amount_minor bigint,
  currency char(3),
  source text,
  -- whether it counts although contract lines say otherwise
  before_contracts boolean not null,
  primary key (workspace_id, account_id, from_day));
select fence('arr_statements');

-- What a member had said about the owner before a bulk change, so that undoing restores that too.
alter table bulk_change_rows add column owner_said jsonb;

-- Customers and their people.
create extension if not exists pg_trgm;

create table accounts (
  workspace_id int not null,
  id bigint generated always as identity,
  name text not null,
  parent_id bigint,
  industry text,
  region text,
  country text,
  currency char(3),
  -- overrides of what would otherwise be derived
  tier text check (tier in ('enterprise', 'mid_market', 'smb')),
  stage text check (stage in ('acquire', 'onboard', 'adopt', 'value', 'renew', 'expand', 'churned')),
  owner_id bigint,
  strategic boolean not null default false,
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  -- the day the customer began, as its source says; null = unknown
  started_on date,
  source text not null default 'manual',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- time of the newest telemetry traits taken over; older ones never overwrite
  traits_at timestamptz,
  merged_into bigint,
  primary key (workspace_id, id));
create index accounts_owner on accounts (workspace_id, owner_id);
select fence('accounts');

-- Every name a source has for an account; merging moves them, undoing moves them back.
create table account_ids (
  workspace_id int not null,
  source text not null,
  external_id text not null,
  account_id bigint not null,
  primary key (workspace_id, source, external_id));
create index account_ids_account on account_ids (workspace_id, account_id);
select fence('account_ids');

create table account_domains (
  workspace_id int not null,
  domain text not null,
  account_id bigint not null,
  primary key (workspace_id, domain));
create index account_domains_account on account_domains (workspace_id, account_id);
select fence('account_domains');

-- Dated values where history matters: owner, stage, tier.
create table account_changes (
  workspace_id int not null,
  account_id bigint not null,
  field text not null check (field in ('owner', 'stage', 'tier')),
  at timestamptz not null,
  value text,
  by_member bigint,
  reason text,
  primary key (workspace_id, account_id, field, at));
select fence('account_changes');

create table account_merges (
  workspace_id int not null,
  id bigint generated always as identity,
  kept_id bigint not null,
  merged_id bigint not null,
  at timestamptz not null default now(),
  by_member bigint,
  -- what was moved, so that undoing moves exactly that back
  moved jsonb not null,
  undone_at timestamptz,
  primary key (workspace_id, id));
select fence('account_merges');

create table contacts (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint,
  -- time of the newest fact that placed the person at this account; older ones never move them
  account_at timestamptz,
  name text,
  email text,
  title text,
  seniority text,
  influence text,
  sentiment text,
  opted_out boolean not null default false,
  is_user boolean not null default false,
  since timestamptz not null default now(),
  left_at timestamptz,
  attributes jsonb not null default '{}',
  traits_at timestamptz,
  created_at timestamptz not null default now(),
  merged_into bigint,
  primary key (workspace_id, id));
create index contacts_account on contacts (workspace_id, account_id);
-- Held in lower case: row-level security keeps lower() out of index conditions, since it is not leakproof.
alter table contacts add check (email = lower(email));
create index contacts_email on contacts (workspace_id, email text_pattern_ops) where email is not null;
select fence('contacts');

create table contact_ids (
  workspace_id int not null,
  source text not null,
  external_id text not null,
  contact_id bigint not null,
  primary key (workspace_id, source, external_id));
create index contact_ids_contact on contact_ids (workspace_id, contact_id);
select fence('contact_ids');

create table contact_accounts (
  workspace_id int not null,
  contact_id bigint not null,
  account_id bigint not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (workspace_id, contact_id, account_id, from_at));
select fence('contact_accounts');

create table contact_roles (
  workspace_id int not null,
  account_id bigint not null,
  contact_id bigint not null,
  role text not null check (role in
    ('champion', 'executive_sponsor', 'decision_maker', 'admin', 'end_user', 'detractor', 'billing')),
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (workspace_id, account_id, contact_id, role, from_at));
select fence('contact_roles');

create table notes (
  workspace_id int not null,
  id bigint generated always as identity,
  account_id bigint not null,
  author_id bigint,
  author_name text not null,
  body text not null,
  pinned boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- earlier bodies, oldest first: [{ at, body }]
  history jsonb not null default '[]',
  primary key (workspace_id, id));
create index notes_account on notes (workspace_id, account_id, created_at desc);
select fence('notes');

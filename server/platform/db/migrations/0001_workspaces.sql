-- The tenant, its people and their keys. Every table that belongs to a workspace begins its key with workspace_id
-- and is fenced: a transaction sees only the workspace named in app.workspace_id (platform/db/pool.ts sets it).

create function fence(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s using (workspace_id = (select nullif(current_setting(''app.workspace_id'', true), '''')::int))',
    target);
end $$;

create table workspaces (
  id int generated always as identity primary key,
  name text not null,
  time_zone text not null default 'UTC',
  currency char(3) not null default 'USD',
  rhythm text not null default 'working_days' check (rhythm in ('daily', 'working_days', 'weekly')),
  working_days smallint[] not null default '{0,1,2,3,4}',
  holidays date[] not null default '{}',
  -- the workspace day that the daily pass has finished
  day_closed date,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- The sign-in library's own tables: one person, whatever the number of workspaces.
create schema auth;
create table auth."user" (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false,
  image text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now());
create table auth.session (
  id text primary key, "expiresAt" timestamptz not null, token text not null unique,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(),
  "ipAddress" text, "userAgent" text, "userId" text not null references auth."user" (id) on delete cascade);
create index on auth.session ("userId");
create table auth.account (
  id text primary key, "accountId" text not null, "providerId" text not null,
  "userId" text not null references auth."user" (id) on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz, scope text, password text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId"));
create index on auth.account ("userId");
create table auth.verification (
  id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz default now(), "updatedAt" timestamptz default now());
create index on auth.verification (identifier);
-- One-time links that no library owns: first administrator, invitations, reset by an administrator. Only the hash is kept.
create table auth.link (
  token_hash text primary key, purpose text not null check (purpose in ('setup', 'invite', 'reset')),
  payload jsonb not null default '{}', expires_at timestamptz not null, used_at timestamptz);

create table members (
  workspace_id int not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  user_id text references auth."user" (id) on delete set null,
  name text not null,
  email text not null,
  role text not null check (role in ('admin', 'ops', 'leader', 'csm', 'viewer')),
  status text not null default 'active' check (status in ('invited', 'active', 'disabled')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, email));
create index members_user on members (user_id);
-- Not fenced: sign-in must find a person's workspaces before one is chosen. Queries name the workspace or the user.

-- Keys are found before the workspace is known, so these two are looked up by hash and are not fenced either.
create table write_keys (
  workspace_id int not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  name text not null,
  -- write keys sit in web pages and are no secret; shown in full
  key text not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id));
create table api_keys (
  workspace_id int not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  name text not null,
  prefix text not null,
  key_hash text not null unique,
  scopes text[] not null,
  created_by bigint,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id));

create table audit_log (
  workspace_id int not null,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'system', 'cli')),
  actor_id bigint,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text,
  detail jsonb not null default '{}',
  primary key (workspace_id, id));
create index audit_subject on audit_log (workspace_id, subject_kind, subject_id, id desc);
select fence('audit_log');
-- append-only
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the audit log is append-only'; end $$;
create trigger audit_append_only before update or delete on audit_log for each row execute function refuse_change();

create table idempotency_keys (
  workspace_id int not null,
  key text not null,
  route text not null,
  request_hash text not null,
  status int,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key));
select fence('idempotency_keys');

create table saved_views (
  workspace_id int not null,
  id bigint generated always as identity,
  resource text not null,
  name text not null,
  member_id bigint,
  shared boolean not null default false,
  state jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id));
select fence('saved_views');

create table exchange_rates (
  workspace_id int not null,
  currency char(3) not null,
  day date not null,
  rate double precision not null check (rate > 0),
  primary key (workspace_id, currency, day));
select fence('exchange_rates');

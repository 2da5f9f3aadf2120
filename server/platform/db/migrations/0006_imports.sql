-- Files on their way in, and long work with its progress.

create table imports (
  workspace_id int not null,
  id bigint generated always as identity,
  name text not null,
  kind text,
  source text not null default 'file',
  status text not null check (status in ('uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled')),
  -- column → field, options and constants
  mapping jsonb,
  columns jsonb,
  -- name below the uploads folder; null = no longer kept
  file text,
  -- { compressed, encoding, format, delimiter, header }
  format jsonb,
  bytes bigint not null,
  content_hash text not null,
  lines_total bigint,
  lines_done bigint not null default 0,
  stored bigint not null default 0,
  updated bigint not null default 0,
  duplicates bigint not null default 0,
  unmatched bigint not null default 0,
  rejected bigint not null default 0,
  problems jsonb not null default '[]',
  error text,
  created_by bigint,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id));
create index imports_content on imports (workspace_id, content_hash);
select fence('imports');

-- Imports that wait for a worker or are being worked on. Not fenced: a worker looks over all workspaces.
create table import_queue (
  workspace_id int not null,
  import_id bigint not null,
  queued_at timestamptz not null default now(),
  -- the worker that holds it, until its lease ends
  worker text,
  lease_until timestamptz not null default '-infinity',
  attempts int not null default 0,
  primary key (workspace_id, import_id));
create index import_queue_due on import_queue (lease_until, queued_at);

create table import_rejects (
  workspace_id int not null,
  import_id bigint not null,
  line bigint not null,
  reason text not null,
  field text,
  raw text not null,
  primary key (workspace_id, import_id, line));
select fence('import_rejects');

create table import_mappings (
  workspace_id int not null,
  id bigint generated always as identity,
  name text not null,
  kind text not null,
  mapping jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name));
select fence('import_mappings');

-- One row per long piece of work that a person may watch: back-fill, rebuild, demo.
create table long_works (
  workspace_id int not null,
  id bigint generated always as identity,
  kind text not null,
  status text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  title text not null,
  done bigint not null default 0,
  total bigint,
  detail jsonb not null default '{}',
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id));
select fence('long_works');

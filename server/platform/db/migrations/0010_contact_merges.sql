-- Two contacts that are one person (chapter 01), to be taken apart for 30 days.
create table contact_merges (
  workspace_id int not null,
  id bigint generated always as identity,
  kept_id bigint not null,
  merged_id bigint not null,
  at timestamptz not null default now(),
  -- null: telemetry said so, or an API key
  by_member bigint,
  -- what was moved and filled in, so that undoing takes exactly that back
  moved jsonb not null,
  undone_at timestamptz,
  primary key (workspace_id, id));
select fence('contact_merges');

-- The contact it was stored for, when a merge has made it another's.
alter table events add column own_contact_id bigint;

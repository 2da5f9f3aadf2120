-- How far accounts of a workspace have moved each scored signal within 90 days (core/health/reach.ts), counted once a day.
create table signal_reaches (
  workspace_id int not null,
  scorecard_id bigint not null,
  version int not null,
  as_of timestamptz not null,
  reaches jsonb not null,
  primary key (workspace_id, scorecard_id));
select fence('signal_reaches');

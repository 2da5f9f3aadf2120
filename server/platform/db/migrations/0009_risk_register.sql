-- The register at 100 000 accounts with as many risks as rules allow.

-- An account has one open signal a rule. Should there be more, the newest stays and the others end.
alter table risk_signals no force row level security;
update risk_signals r set is_open = false, status = 'resolved', resolved_at = now(), next_check_at = null,
    state = r.state || jsonb_build_object('phase', 'resolved', 'resolution', 'quiet', 'snooze', null,
      'resolvedAt', floor(extract(epoch from now()) * 1000))
  from (select workspace_id, id, lead(id) over (partition by workspace_id, account_id, rule_key order by id) as newer
    from risk_signals where is_open) d
  where d.newer is not null and r.workspace_id = d.workspace_id and r.id = d.id;
alter table risk_signals force row level security;

-- What lists need of the machine's state, so that none of them opens it.
alter table risk_signals
  add column breached boolean not null generated always as (state ->> 'breachedAt' is not null) stored,
  add column urgency_rank smallint not null
    generated always as (array_position(array['low', 'medium', 'high', 'critical'], urgency)) stored;
-- The sums of the register are read from this index alone: rows are ten times as wide, most of it the state.
create unique index risk_signals_one_open on risk_signals (workspace_id, account_id, rule_key)
  include (urgency, breached, respond_by, responded_at, status) where is_open;
-- The first page in the usual order is read from the beginning of one of these two, or of risk_signals_open.
create index risk_signals_urgent on risk_signals (workspace_id, urgency_rank desc, respond_by) where is_open;
create index risk_signals_opened on risk_signals (workspace_id, opened_at) where is_open;

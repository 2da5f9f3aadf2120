-- As 0009 wanted them: an index answers alone only with is_open in it too, and in an order only with the same place of nulls.
drop index risk_signals_one_open, risk_signals_urgent, risk_signals_opened;
create unique index risk_signals_one_open on risk_signals (workspace_id, account_id, rule_key)
  include (urgency, breached, respond_by, responded_at, status, is_open) where is_open;
create index risk_signals_urgent on risk_signals (workspace_id, urgency_rank desc nulls last, respond_by) where is_open;
create index risk_signals_opened on risk_signals (workspace_id, opened_at desc nulls last) where is_open;

-- What the rules of a workspace have been worth, kept where counting it takes seconds.
create table rule_records (
  workspace_id int not null primary key,
  as_of timestamptz not null,
  -- track records by the key of the rule; a rule that never opened has none
  records jsonb not null);
select fence('rule_records');

-- When what a signal reads was last changed; null = never since it was made. Snapshots before that hold another signal's values.
alter table custom_signals add column changed_at timestamptz;

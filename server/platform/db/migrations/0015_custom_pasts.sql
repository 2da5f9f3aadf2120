-- The past of a signal of one's own that was made after the accounts' pasts: a column an account, from a day on, deflated JSON.
-- It stands over what the blocks of reading 'now' say, until the account's past is filled in again.
create table custom_pasts (
  workspace_id int not null,
  account_id bigint not null,
  key text not null,
  from_day date not null,
  -- the key's values by day
  column_of_days bytea not null,
  primary key (workspace_id, account_id, key));
select fence('custom_pasts');

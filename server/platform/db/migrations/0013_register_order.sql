-- The usual order of the register is urgency, then ARR: its first page is read from the beginning of this index. It is of an
-- expression, unknown last, so that the account list, whose plans were measured without an index on ARR, keeps them.
create index account_list_money on account_list (workspace_id, coalesce(arr_minor, -9007199254740991) desc);

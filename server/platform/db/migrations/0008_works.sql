-- Long works are taken by any worker process; a lease that is not renewed lets another take over.
alter table long_works add column leased_until timestamptz;
alter table long_works add column attempts int not null default 0;
create index long_works_waiting on long_works (workspace_id, id) where status in ('queued', 'running');

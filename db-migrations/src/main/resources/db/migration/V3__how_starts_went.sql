-- How starts went, which opens and closes the breakers of nodes, images and partitions.

create table start_outcome (
    vm_id        uuid        not null references vm (id),
    attempt      integer     not null check (attempt >= 1),
    at           timestamptz not null,
    account      text        not null,
    node         text,
    image        text        not null,
    partition    text,
    failure_code text,
    primary key (vm_id, attempt)
);
comment on table start_outcome is 'One row for each attempt whose guest ran or whose start failed by a node''s fault';
comment on column start_outcome.account is 'UNIX account that its job ran as';
comment on column start_outcome.failure_code is 'Null if the guest ran';
create index start_outcome_newest on start_outcome (at desc);

alter table lease add column avoid text[] not null default '{}';
comment on column lease.avoid is 'Nodes that its job shall not be on, as long as there are others';
create index lease_of_pool_ended on lease (ended_at desc) where pool is not null and ended_at is not null;
create index lease_of_pool_active on lease (active_at desc) where pool is not null and active_at is not null;

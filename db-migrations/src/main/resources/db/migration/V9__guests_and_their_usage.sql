-- What guests say of themselves, and what they used in the last hour.

alter table vm add column guest jsonb;
comment on column vm.guest is 'What the guest of the current attempt last said of itself; it may be a lie';

create table vm_usage (
    vm_id                  uuid        not null references vm (id),
    taken_at               timestamptz not null,
    attempt                integer     not null check (attempt >= 1),
    cpu_nanos              bigint      not null,
    resident_bytes         bigint,
    disk_read_bytes        bigint,
    disk_written_bytes     bigint,
    network_received_bytes bigint,
    network_sent_bytes     bigint,
    primary key (vm_id, taken_at)
);
comment on table vm_usage is 'Counters since the domain was started; older than an hour they are deleted';

create index vm_usage_age on vm_usage (taken_at);

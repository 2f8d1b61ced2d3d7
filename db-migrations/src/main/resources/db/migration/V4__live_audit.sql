-- What agents see on their nodes beside what they run, and where the records and the world were found to differ.

create table inventory (
    lease_id   uuid        primary key references lease (id),
    known      boolean     not null,
    changed_at timestamptz not null
);
comment on table inventory is 'Whether the agent of a lease could tell what is on its node';

create table inventory_item (
    lease_id     uuid        not null references lease (id),
    kind         text        not null check (kind in ('DOMAIN', 'FILES')),
    vm_id        uuid        not null,
    attempt      integer     not null check (attempt >= 1),
    marked_lease uuid,
    since        timestamptz not null,
    primary key (lease_id, kind, vm_id, attempt),
    constraint inventory_domain_has_a_mark check ((kind = 'DOMAIN') = (marked_lease is not null))
);
comment on table inventory_item is 'What the agent of a lease last told of; rewritten when that changes';
comment on column inventory_item.vm_id is 'As the node says: there may be no record of it';
comment on column inventory_item.marked_lease is 'The lease that the domain says it belongs to; there may be no record of it';

create table violation (
    id           bigint      generated always as identity primary key,
    invariant    text        not null check (invariant ~ '^I[1-9]$'),
    subjects     text[]      not null,
    what         text        not null,
    since        timestamptz not null,
    healing      text        not null,
    stop_lease   uuid,
    stop_vm      uuid,
    stop_attempt integer,
    healed_at    timestamptz,
    constraint violation_ends_a_whole_domain check (num_nonnulls(stop_lease, stop_vm, stop_attempt) in (0, 3))
);
comment on table violation is 'Evidence that an invariant did not hold; the newest healed ones are kept';
comment on column violation.subjects is 'What it is about, each as KIND:id';
comment on column violation.healing is 'What makes it go, in one sentence for operators';
comment on column violation.stop_lease is 'The agent of this lease is ordered to end the domain';

-- Whichever orchestrator finds it first writes it down; the others find it there.
create unique index violation_open on violation (invariant, subjects) where healed_at is null;
create index violation_healed on violation (healed_at desc) where healed_at is not null;

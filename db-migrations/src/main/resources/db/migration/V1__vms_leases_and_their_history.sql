-- The state of a site: VMs, leases, pools, their history, and what is still to be done in the world.
-- States are spread over columns; which of them a phase may have is checked by the state machines' code, and the
-- words that a column may hold by the database.

create table pool (
    name                 text primary key,
    leases               integer not null check (leases between 0 and 10000),
    partition            text,
    walltime_seconds     bigint not null check (walltime_seconds >= 60),
    renew_before_seconds bigint not null check (renew_before_seconds >= 0)
);
comment on table pool is 'Whole-node leases that the orchestrator holds for static VMs';

-- A fresh site has one pool, which holds nothing until an operator gives it leases.
insert into pool (name, leases, walltime_seconds, renew_before_seconds) values ('default', 0, 86400, 3600);

create table lease (
    id                  uuid primary key,
    path                text        not null check (path in ('STATIC', 'SCHEDULED', 'DIRECT')),
    owner               text        not null,
    project             text,
    partition           text,
    pool                text,
    cores               integer     not null check (cores >= 0),
    memory_mib          integer     not null check (memory_mib >= 0),
    walltime_seconds    bigint      not null check (walltime_seconds > 0),
    exclusive           boolean     not null,
    vm_id               uuid,

    phase               text        not null check (phase in ('REQUESTED', 'SUBMITTING', 'QUEUED', 'STARTING', 'ACTIVE',
                                                              'DRAINING', 'RELEASING', 'RELEASED', 'FAILED')),
    job_id              text,
    node                text,
    ends_at             timestamptz,
    deadline            timestamptz,
    grant_cores         integer     check (grant_cores > 0),
    grant_memory_mib    integer     check (grant_memory_mib > 0),
    release_cause       text        check (release_cause in ('VM_OVER', 'ATTEMPT_FAILED', 'USER', 'OPERATOR', 'POOL_SHRUNK',
                                                             'START_TIMED_OUT')),
    end_cause           text        check (end_cause in ('COMPLETED', 'RELEASED', 'CANCELLED', 'WALLTIME', 'PREEMPTED',
                                                         'NODE_LOST', 'REFUSED', 'FAILED')),
    end_exit_code       integer,
    end_message         text,
    end_failure_code    text,
    end_failure_message text,

    hint                text,
    epoch               bigint      not null default 0 check (epoch >= 0),
    secret_hash         bytea       check (length(secret_hash) = 32),
    secret_confirmed    boolean     not null default false,
    connected           boolean     not null default false,
    contact_changed_at  timestamptz not null,
    job_submitted_at    timestamptz,

    created_at          timestamptz not null,
    since               timestamptz not null,
    started_at          timestamptz,
    active_at           timestamptz,
    ended_at            timestamptz,
    version             bigint      not null,

    constraint lease_over_has_an_end check ((phase in ('RELEASED', 'FAILED')) = (end_cause is not null)),
    constraint lease_active_has_a_grant
        check (phase not in ('ACTIVE', 'DRAINING') or (job_id is not null and node is not null and ends_at is not null
                                                       and grant_cores is not null and grant_memory_mib is not null)),
    constraint lease_of_a_pool_serves_no_single_vm check (pool is null or vm_id is null)
);
comment on table lease is 'The right to use part of one node; backed by one job';
comment on column lease.vm_id is 'The one VM that it serves; null for a lease of a pool';
comment on column lease.hint is 'Why it waits, in plain words; null when it does not';
comment on column lease.secret_hash is 'SHA-256 of what its agent joins again with';
comment on column lease.secret_confirmed is 'Whether the agent has shown that it got the secret; ends the join token';
comment on column lease.contact_changed_at is 'When its agent last connected or was lost';
comment on column lease.job_submitted_at is 'Direct leases: tells apart two jobs of one id';
comment on column lease.since is 'When it came into its phase';

-- The loop reads the live ones on every tick.
create index lease_live on lease (created_at) where phase not in ('RELEASED', 'FAILED');
create index lease_of_vm on lease (vm_id) where vm_id is not null;
create index lease_newest on lease (created_at desc, id desc);
create index lease_failed_in_pool on lease (pool, ended_at) where pool is not null and active_at is null and ended_at is not null;
-- A second hello of the same direct job finds the same lease; two at once make one.
create unique index lease_of_direct_job on lease (job_id, job_submitted_at) where path = 'DIRECT';

create table vm (
    id              uuid primary key,
    name            text        not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    owner           text        not null,
    project         text,
    path            text        not null check (path in ('STATIC', 'SCHEDULED', 'DIRECT')),
    image           text        not null,
    vcpus           integer     not null check (vcpus between 1 and 1024),
    memory_mib      integer     not null check (memory_mib between 64 and 4194304),
    walltime_seconds bigint     check (walltime_seconds > 0),
    partition       text,
    pool            text,
    ssh_keys        text[]      not null,
    user_data       text,
    labels          jsonb       not null,

    goal            text        not null check (goal in ('RUN', 'TERMINATE')),
    phase           text        not null check (phase in ('PENDING', 'QUEUED', 'PLACED', 'PREPARING', 'BOOTING', 'RUNNING',
                                                          'READY', 'STOPPING', 'STOPPED', 'FAILED')),
    attempt         integer     not null check (attempt >= 1),
    lease_id        uuid        references lease (id),
    deadline        timestamptz,
    not_before      timestamptz,
    ssh_host        text,
    ssh_port        integer     check (ssh_port between 1 and 65535),
    stop_reason     text        check (stop_reason in ('GUEST', 'USER', 'WALLTIME', 'PREEMPTED', 'LEASE_LOST', 'OPERATOR')),
    failure_code    text,
    message         text,
    outcome_kind    text        check (outcome_kind in ('STOP', 'FAIL', 'RETRY')),
    outcome_reason  text        check (outcome_reason in ('GUEST', 'USER', 'WALLTIME', 'PREEMPTED', 'LEASE_LOST', 'OPERATOR')),
    outcome_code    text,
    outcome_message text,

    hint            text,
    warnings        text[]      not null,
    adopted         boolean     not null default false,
    created_at      timestamptz not null,
    queued_at       timestamptz,
    started_at      timestamptz,
    ready_at        timestamptz,
    ended_at        timestamptz,
    version         bigint      not null,

    idempotency_key text,
    request_hash    bytea,

    constraint vm_idempotency_key unique (owner, idempotency_key),
    constraint vm_key_has_a_hash check ((idempotency_key is null) = (request_hash is null)),
    constraint vm_on_a_lease_names_it
        check (phase in ('PENDING', 'STOPPED', 'FAILED') or lease_id is not null),
    constraint vm_stopped_has_a_reason check ((phase = 'STOPPED') = (stop_reason is not null)),
    constraint vm_failed_has_a_code check ((phase = 'FAILED') = (failure_code is not null)),
    constraint vm_stopping_has_an_outcome check ((phase = 'STOPPING') = (outcome_kind is not null))
);
comment on table vm is 'What users asked for, and where it is';
comment on column vm.lease_id is 'The lease that it is on; stays as the last one when the VM is over';
comment on column vm.hint is 'Why it waits, in plain words; null when it does not';
comment on column vm.adopted is 'Whether the current attempt was taken over by a restarted agent';
comment on column vm.started_at is 'When the domain of the current attempt ran';
comment on column vm.request_hash is 'SHA-256 of the request behind idempotency_key';

-- A lease that serves one VM dies with the VM's record, and is made in the same transaction.
alter table lease add foreign key (vm_id) references vm (id) deferrable initially deferred;

create index vm_live on vm (created_at) where phase not in ('STOPPED', 'FAILED');
create index vm_on_lease on vm (lease_id) where lease_id is not null;
create index vm_newest on vm (created_at desc, id desc);
create index vm_newest_of_owner on vm (owner, created_at desc, id desc);

-- Event numbers are handed out in blocks, so that an insert needs no question first.
create sequence event_seq increment by 50;
create sequence effect_seq;

create table event (
    id         bigint primary key,
    at         timestamptz not null,
    kind       text        not null check (kind in ('vm', 'lease')),
    vm_id      uuid        references vm (id),
    lease_id   uuid        references lease (id),
    from_phase text,
    to_phase   text,
    note       text        not null,
    actor      text,
    constraint event_is_of_one_thing check ((kind = 'vm' and vm_id is not null) or (kind = 'lease' and lease_id is not null))
);
comment on table event is 'What happened to VMs and leases, never changed afterwards';
comment on column event.actor is 'Account behind it; null when the orchestrator acted by itself';
create index event_of_vm on event (vm_id, id) where kind = 'vm';
create index event_of_lease on event (lease_id, id) where kind = 'lease';

create table effect (
    id            bigint primary key default nextval('effect_seq'),
    kind          text        not null check (kind in ('SUBMIT_JOB', 'CANCEL_JOB')),
    lease_id      uuid        not null references lease (id),
    job_id        text        not null default '',
    wanted        integer     not null default 1,
    due_at        timestamptz not null,
    claimed_until timestamptz,
    tries         integer     not null default 0,
    last_error    text,
    created_at    timestamptz not null,
    -- Asking again for what is still to be done is not a second thing to do.
    constraint effect_once unique (kind, lease_id, job_id),
    constraint effect_names_its_job check ((kind = 'CANCEL_JOB') = (job_id <> ''))
);
comment on table effect is 'The outbox: what must still happen at the scheduler; a row goes when it is settled';
comment on column effect.wanted is 'How often it was asked for; a settling that saw an older number is not the last word';
comment on column effect.tries is 'Counted before each try, so that a crash cannot hide one';
create index effect_due on effect (due_at);

create table console (
    vm_id        uuid    not null references vm (id),
    attempt      integer not null,
    start_offset bigint  not null check (start_offset >= 0),
    data         bytea   not null check (length(data) <= 65536),
    primary key (vm_id, attempt)
);
comment on table console is 'The tail of a serial console: the bytes from start_offset on';

create table account_session (
    token_hash bytea       primary key check (length(token_hash) = 32),
    account    text        not null,
    role       text        not null check (role in ('user', 'operator')),
    expires_at timestamptz not null
);
comment on table account_session is 'Log-ins; the token itself is only with the user';
create index account_session_expiry on account_session (expires_at);

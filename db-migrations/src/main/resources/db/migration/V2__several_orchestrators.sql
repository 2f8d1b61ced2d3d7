-- Several orchestrators on one database: who they are, and which of them an agent is connected to.

create table orchestrator (
    id         uuid primary key,
    host       text        not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);
comment on table orchestrator is 'Orchestrators that run; one that is not seen for a while is removed by another';
comment on column orchestrator.id is 'Of the process: a restarted one is another';
comment on column orchestrator.seen_at is 'By the clock of this database, as all times that orchestrators compare';

alter table lease drop column connected;
alter table lease add column connected_to uuid references orchestrator (id);
comment on column lease.connected_to is 'The orchestrator that its agent is connected to; null while to none';
create index lease_connected on lease (connected_to) where connected_to is not null;

alter table effect add column claimed_by uuid;
comment on column effect.claimed_by is 'The orchestrator that claimed it; a claim of one that is gone is void';

-- Disks that outlive their VMs. Who holds one is written here when a VM is made, and nowhere taken back: a volume is
-- free again when its holder is over, which the vm table says.

create table volume (
    id         uuid primary key,
    name       text        not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$'),
    owner      text        not null,
    project    text,
    place      text        not null check (place in ('JOB', 'POOL')),
    directory  text        not null,
    size_gib   integer     not null check (size_gib between 1 and 1048576),
    holder     uuid        references vm (id),
    generation bigint      not null default 0 check (generation >= 0),
    made       boolean     not null default false,
    created_at timestamptz not null,
    deleted_at timestamptz,
    purger     uuid        references vm (id),
    constraint volume_taken_is_counted check ((holder is null) = (generation = 0)),
    constraint volume_purged_is_deleted check (purger is null or deleted_at is not null)
);
comment on table volume is 'Disks that outlive their VMs';
comment on column volume.place is 'JOB: kept by its owner''s account, for VMs in jobs of its own; POOL: by the service account';
comment on column volume.directory is 'What all nodes share, as it was configured when the volume was made';
comment on column volume.holder is 'The VM that took it last; it holds it for as long as that VM is not over';
comment on column volume.generation is 'How many VMs have taken it; the fence beside its file';
comment on column volume.made is 'Whether a guest is known to have run with it: then its file must be there';
comment on column volume.purger is 'The VM whose agent was told to remove the deleted volume''s file';

create unique index volume_name on volume (owner, name) where deleted_at is null;
create index volume_to_purge on volume (place, owner) where deleted_at is not null;
create index volume_of_holder on volume (holder) where holder is not null;

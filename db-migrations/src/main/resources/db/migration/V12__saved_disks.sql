-- Disks of guests that are saved as images: a revision whose disk an agent brings.

alter table image_revision
    add column saves_vm      uuid references vm (id),
    add column saves_attempt integer check (saves_attempt >= 1),
    add column saves_most    bigint check (saves_most >= 1),
    add column saves_key     text,
    add constraint image_revision_save_is_of_an_attempt
        check ((saves_vm is null) = (saves_attempt is null) and (saves_vm is null) = (saves_most is null)
               and (saves_key is null or saves_vm is not null));
comment on column image_revision.saves_vm is 'The VM whose disk it is: only the agent that runs it brings the file';
comment on column image_revision.saves_most is 'Bytes that its disk may have as a file, of what its owner had left';
comment on column image_revision.saves_key is 'Idempotency-Key of the request';
create unique index image_revision_one_save_at_a_time on image_revision (saves_vm)
    where saves_vm is not null and state = 'RECEIVING';
create unique index image_revision_save_by_key on image_revision (saves_vm, saves_key) where saves_key is not null;

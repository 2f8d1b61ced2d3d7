-- Images that people bring: their revisions, the files that these are made of, and what is kept of files.

create table image (
    id         uuid primary key,
    name       text        not null unique check (name ~ '^([A-Za-z_][A-Za-z0-9_.-]{0,31}/)?[a-z0-9][a-z0-9._-]{0,62}$'),
    owner      text        not null,
    tier       text        not null check (tier in ('GOLDEN', 'USER')),
    visibility text        not null check (visibility in ('PRIVATE', 'PROJECT', 'PUBLIC')),
    project    text,
    current    integer     check (current >= 1),
    revisions  integer     not null default 0 check (revisions >= 0),
    created_at timestamptz not null,
    constraint image_of_a_user_has_its_name check ((tier = 'GOLDEN') = (strpos(name, '/') = 0)),
    constraint image_of_a_project_names_it check ((visibility = 'PROJECT') = (project is not null))
);
comment on table image is 'Images of the registry; those in the site''s directory are not among them';
comment on column image.current is 'The revision that its name alone stands for; null while it has none';
comment on column image.revisions is 'How many there have been: numbers are never given twice';
create index image_of_owner on image (owner);

create table image_revision (
    id                uuid primary key,
    image_id          uuid        not null references image (id),
    revision          integer     not null check (revision >= 1),
    state             text        not null check (state in ('RECEIVING', 'CHECKING', 'ACTIVE', 'DEPRECATED', 'REFUSED',
                                                            'DELETED')),
    message           text,
    description       text        not null,
    cmdline           text,
    disk_format       text        check (disk_format in ('QCOW2', 'RAW')),
    virtual_bytes     bigint      not null default 0 check (virtual_bytes >= 0),
    default_user      text        not null,
    readiness         text        not null,
    readiness_seconds integer     not null check (readiness_seconds >= 1),
    readiness_pattern text,
    min_memory_mib    integer     not null check (min_memory_mib >= 1),
    min_disk_gib      integer     not null check (min_disk_gib >= 0),
    architecture      text        not null,
    created_by        text        not null,
    created_at        timestamptz not null,
    changed_at        timestamptz not null,
    claimed_by        uuid,
    claimed_until     timestamptz,
    tries             integer     not null default 0,
    constraint image_revision_number unique (image_id, revision)
);
comment on column image_revision.state is 'DELETED: no VM can be asked for with it; those that were keep it until they are over';
comment on column image_revision.message is 'Why it was refused, or what its check could not do';
comment on column image_revision.changed_at is 'When its state last changed, or something of it arrived';
comment on column image_revision.claimed_by is 'The orchestrator that fetches or checks it; a claim of one that is gone is void';
comment on column image_revision.tries is 'Counted before each try, so that a crash cannot hide one';
create index image_revision_unfinished on image_revision (changed_at) where state in ('RECEIVING', 'CHECKING');

create table image_file (
    id          uuid primary key,
    revision_id uuid    not null references image_revision (id),
    role        text    not null check (role in ('KERNEL', 'INITRD', 'DISK')),
    bytes       bigint  check (bytes >= 1),
    sha256      text    check (sha256 ~ '^[0-9a-f]{64}$'),
    source      text,
    received    bigint  not null default 0 check (received >= 0),
    complete    boolean not null default false,
    verified    boolean not null default false,
    constraint image_file_role unique (revision_id, role)
);
comment on table image_file is 'The files of revisions; while one is received, it is kept under its id';
comment on column image_file.bytes is 'As declared, and what counts for its owner''s quota; null while an import does not know';
comment on column image_file.sha256 is 'As declared; once verified, what was found';
comment on column image_file.verified is 'Whether the file was read and has this digest: only then may it be looked for under it';
comment on column image_file.source is 'Where it is imported from; null for an upload';
create index image_file_of_content on image_file (sha256) where sha256 is not null;

create table image_blob (
    sha256   text        primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    used_at  timestamptz not null,
    removing boolean     not null default false
);
comment on table image_blob is 'Content that is kept, or about to be: written down before the file is there, removed after it is gone';
comment on column image_blob.used_at is 'When somebody last relied on it: it is not removed for a while after that';
comment on column image_blob.removing is 'Its file may be gone at any moment: whoever needs it waits until the row is gone';

create table site_image_revision (
    name     text        not null,
    revision integer     not null check (revision >= 1),
    digest   text        not null check (digest ~ '^[0-9a-f]{64}$'),
    seen_at  timestamptz not null,
    primary key (name, revision),
    constraint site_image_content unique (name, digest)
);
comment on table site_image_revision is 'The numbers of what was found in the site''s image directory';

create index vm_live_by_image on vm (image) where phase not in ('STOPPED', 'FAILED');

-- Streams between people and guests: which there are, and the tickets that open them.

create table stream (
    id           uuid        primary key,
    vm_id        uuid        not null references vm (id),
    attempt      integer     not null check (attempt >= 1),
    lease_id     uuid        not null references lease (id),
    kind         text        not null check (kind in ('SSH', 'SERIAL', 'VNC')),
    account      text        not null,
    orchestrator uuid        not null references orchestrator (id) on delete cascade,
    url          text        not null,
    waiting      boolean     not null,
    opened_at    timestamptz not null
);
comment on table stream is 'Open connections to guests; gone with them, or with the orchestrator that holds them';
comment on column stream.orchestrator is 'The one that the person is connected to; the agent may be at another';
comment on column stream.url is 'Where agents reach that orchestrator';
comment on column stream.waiting is 'Whether the agent still has to bring it';
create index stream_lease on stream (lease_id);
create index stream_account on stream (account);
create index stream_orchestrator on stream (orchestrator);

create table ticket (
    hash         bytea       primary key check (length(hash) = 32),
    vm_id        uuid        not null references vm (id),
    kind         text        not null check (kind in ('SSH', 'SERIAL', 'VNC')),
    session_hash bytea       not null references account_session (token_hash) on delete cascade,
    expires_at   timestamptz not null
);
comment on table ticket is 'What opens one stream once; the ticket itself is only with the user';
comment on column ticket.session_hash is 'The log-in that it was made in, and ends with';
create index ticket_session on ticket (session_hash);
create index ticket_expiry on ticket (expires_at);

-- What a guest gets besides its size: disks, network, hardware, readiness. What is left out has its default.

alter table vm add column options jsonb not null default '{}';

-- What a VM takes of its lease, its QEMU's own memory included, for the database to add up under the lease's lock; and
-- the ports of its node that lead to it. The formula of what was written before is that of VmNeed for a plain machine.

alter table vm add column need_cpu_percent bigint;
alter table vm add column need_memory_mib bigint;
alter table vm add column whole_node boolean not null default false;
alter table vm add column ports jsonb not null default '[]';

update vm set
    need_cpu_percent = vcpus * 100,
    need_memory_mib = memory_mib + 120 + 8 * vcpus + greatest(0, memory_mib - 1024) / 512;

alter table vm alter column need_cpu_percent set not null;
alter table vm alter column need_memory_mib set not null;
alter table vm add constraint vm_need check (need_cpu_percent > 0 and need_memory_mib > 0);

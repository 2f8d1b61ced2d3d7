-- VMs whose memory and disk are saved, and that have no lease until they are wanted again.

alter table vm drop constraint vm_goal_check;
alter table vm add constraint vm_goal_check check (goal in ('RUN', 'SUSPEND', 'TERMINATE'));
alter table vm drop constraint vm_phase_check;
alter table vm add constraint vm_phase_check
    check (phase in ('PENDING', 'QUEUED', 'PLACED', 'PREPARING', 'BOOTING', 'RUNNING', 'READY', 'SUSPENDING', 'SUSPENDED',
                     'STOPPING', 'STOPPED', 'FAILED'));
alter table vm drop constraint vm_outcome_kind_check;
alter table vm add constraint vm_outcome_kind_check check (outcome_kind in ('STOP', 'FAIL', 'RETRY', 'SUSPEND'));
alter table vm drop constraint vm_on_a_lease_names_it;
alter table vm add constraint vm_on_a_lease_names_it
    check (phase in ('PENDING', 'SUSPENDED', 'STOPPED', 'FAILED') or lease_id is not null);

alter table vm add column saved_attempt integer check (saved_attempt >= 1);
alter table vm add column saving_asked_at timestamptz;
alter table vm add column saving_was_ready boolean;
alter table vm add column kept_attempt integer check (kept_attempt >= 1);
alter table vm add column suspended_at timestamptz;
alter table vm add column reboot_asked_at timestamptz;
alter table vm add column rebooted_at timestamptz;
alter table vm add column gentle boolean not null default false;
alter table vm add constraint vm_suspended_has_something_saved
    check (phase <> 'SUSPENDED' or (saved_attempt is not null and message is not null));
alter table vm add constraint vm_suspending_was_asked_for
    check ((phase = 'SUSPENDING') = (saving_asked_at is not null) and (phase = 'SUSPENDING') = (saving_was_ready is not null));
comment on column vm.saved_attempt is 'The attempt that saved what the guest goes on from; null when it is booted';
comment on column vm.saving_asked_at is 'Names the order to suspend, which its agent answers';
comment on column vm.kept_attempt is 'The newest attempt that may have left saved files; null when nothing is left';
comment on column vm.suspended_at is 'When it was last suspended; null when it runs again';
comment on column vm.reboot_asked_at is 'Names the newest order to reboot';
comment on column vm.rebooted_at is 'The newest order to reboot that its agent has carried out';
comment on column vm.gentle is 'Whether its guest has all the time that it may need to switch itself off';

-- What was saved and is of no use any more is removed by the next agent that can.
create index vm_kept on vm (owner) where kept_attempt is not null;

alter table lease drop constraint lease_release_cause_check;
alter table lease add constraint lease_release_cause_check
    check (release_cause in ('VM_OVER', 'ATTEMPT_FAILED', 'USER', 'SUSPENDED', 'OPERATOR', 'POOL_SHRUNK', 'START_TIMED_OUT'));

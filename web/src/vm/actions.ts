import type { VmAction } from '../api/client';
import type { Vm } from '../api/types';
import { over } from './phase';

interface Words {
  label: string;
  /** What it does, for those who read the menu. */
  means: string;
  /** What is asked before, where something is lost. */
  loses?: string;
}

export const ACTION: Record<VmAction, Words> = {
  suspend: {
    label: 'Suspend',
    means: 'Saves memory and disk and gives the node back, until you resume it.',
  },
  resume: {
    label: 'Resume',
    means: 'Goes on from where it was, on whichever node has room.',
  },
  reboot: {
    label: 'Reboot',
    means: 'Restarts its guest. Its disk stays.',
    loses:
      'Whatever runs in the guest ends, and what it has only in memory is lost. Its disk stays.',
  },
  shutdown: {
    label: 'Shut down',
    means: 'Lets its guest switch itself off, which ends the VM for good.',
    loses:
      'The guest has time to stop what runs in it. Then the VM is over and everything on its disk is lost; a job that was submitted for it ends with it. To go on later, suspend it.',
  },
};

/** What can be asked of a VM as it is; the server has the last word. */
export function actionsFor(vm: Vm): VmAction[] {
  if (over(vm) || vm.goal === 'TERMINATE') return [];
  return [
    ...(vm.goal === 'SUSPEND' ? (['resume'] as const) : []),
    ...(vm.goal === 'RUN' && canBeSuspended(vm) ? (['suspend'] as const) : []),
    ...(runs(vm) && !vm.rebooting ? (['reboot'] as const) : []),
    ...(runs(vm) ? (['shutdown'] as const) : []),
  ];
}

const runs = ({ phase }: Vm): boolean => phase === 'RUNNING' || phase === 'READY';

/** A direct VM lives in a job of its owner's own: nobody could give it that back. */
function canBeSuspended({ path, phase, suspendedAt }: Vm): boolean {
  if (path === 'direct') return false;
  switch (phase) {
    case 'PLACED':
    case 'PREPARING':
    case 'BOOTING':
    case 'RUNNING':
    case 'READY':
    case 'SUSPENDING':
    case 'SUSPENDED':
      return true;
    // Here there is something to keep only if it was suspended before.
    case 'PENDING':
    case 'QUEUED':
    case 'STOPPING':
      return Boolean(suspendedAt);
    case 'STOPPED':
    case 'FAILED':
      return false;
  }
}

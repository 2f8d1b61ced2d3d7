import type { Phase, Vm } from '../api/types';

export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'orange' | 'red';

interface Words {
  label: string;
  tone: Tone;
  /** What is going on, in one sentence. */
  means: string;
}

export const PHASE: Record<Phase, Words> = {
  PENDING: { label: 'Pending', tone: 'grey', means: 'Waits for a place to run.' },
  QUEUED: { label: 'In the queue', tone: 'blue', means: 'Its job waits in the scheduler’s queue.' },
  PLACED: { label: 'Placed', tone: 'teal', means: 'Has a place on a node.' },
  PREPARING: { label: 'Preparing', tone: 'teal', means: 'The node prepares its disk.' },
  BOOTING: { label: 'Booting', tone: 'teal', means: 'The hypervisor starts it.' },
  RUNNING: { label: 'Running', tone: 'teal', means: 'The guest boots; it does not answer yet.' },
  READY: { label: 'Ready', tone: 'green', means: 'The guest answers: you can log in.' },
  SUSPENDING: {
    label: 'Suspending',
    tone: 'orange',
    means: 'Its memory and disk are being saved.',
  },
  SUSPENDED: {
    label: 'Suspended',
    tone: 'grey',
    means: 'Saved, without a node, until it is resumed.',
  },
  STOPPING: { label: 'Stopping', tone: 'orange', means: 'The guest is being shut down.' },
  STOPPED: { label: 'Stopped', tone: 'grey', means: 'Over.' },
  FAILED: { label: 'Failed', tone: 'red', means: 'Over: it could not run.' },
};

export const over = ({ phase }: Pick<Vm, 'phase'>): boolean =>
  phase === 'STOPPED' || phase === 'FAILED';

const REASON: Record<string, string> = {
  GUEST: 'The guest switched itself off',
  USER: 'You ended it',
  WALLTIME: 'Its time was used up',
  PREEMPTED: 'The scheduler needed the node for another job',
  LEASE_LOST: 'Its job ended under it',
  OPERATOR: 'An operator took the node back',
};

const REBOOTING: Words = {
  label: 'Rebooting',
  tone: 'teal',
  means: 'The guest boots again; it does not answer yet.',
};

export const words = ({ phase, rebooting }: Pick<Vm, 'phase' | 'rebooting'>): Words =>
  rebooting ? REBOOTING : PHASE[phase];

/** What its phase alone does not tell, in few words: why it is over, or that it is on its way to something else. */
export function aside(vm: Vm): string | undefined {
  if (over(vm)) return endWords(vm);
  if (vm.goal === 'TERMINATE') return undefined;
  if (vm.phase === 'SUSPENDING' || vm.phase === 'SUSPENDED') {
    return vm.goal === 'RUN' ? 'Will be resumed.' : undefined;
  }
  if (vm.goal === 'SUSPEND') return 'Will be suspended.';
  return vm.suspendedAt ? 'Resuming.' : undefined;
}

/** Why a VM is over, as a heading. The VM's own message has the details. */
export const endWords = (vm: Pick<Vm, 'phase' | 'reason'>): string =>
  vm.phase === 'FAILED' ? 'It could not run' : (REASON[vm.reason ?? ''] ?? 'It is over');

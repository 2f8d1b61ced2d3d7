import type { HistoryEvent, LaunchPath, Vm } from '../../api/types';
import { secondsBetween } from '../../time/duration';
import { over } from '../phase';

export type StepState = 'done' | 'current' | 'waiting' | 'failed' | 'skipped';

export interface TimelineStep {
  title: string;
  at: string | undefined;
  /** Seconds since the step before. */
  took: number | undefined;
  state: StepState;
  /** How it is coming along, in words. */
  says?: string | undefined;
}

type Key = 'requested' | 'queued' | 'job' | 'placed' | 'domain' | 'ready';

/** The order in which a VM of each path comes up. */
const ORDER: Record<LaunchPath, Key[]> = {
  static: ['requested', 'placed', 'domain', 'ready'],
  scheduled: ['requested', 'queued', 'job', 'placed', 'domain', 'ready'],
  direct: ['job', 'requested', 'placed', 'domain', 'ready'],
};

const TITLE: Record<Key, string> = {
  requested: 'Requested',
  queued: 'In the queue',
  job: 'Job started',
  placed: 'Placed on node',
  domain: 'Domain runs',
  ready: 'Ready',
};

/** When a VM that was suspended was last told to go on; its times since then are those of its way back. */
export const resumedAt = (vm: Vm, history: HistoryEvent[]): string | undefined =>
  vm.phase === 'SUSPENDED'
    ? undefined
    : history.findLast(({ kind, from, to }) => kind === 'vm' && from === 'SUSPENDED' && to)?.at;

function times(vm: Vm, history: HistoryEvent[]): Record<Key, string | null | undefined> {
  const placed = history.findLast(({ kind, to }) => kind === 'vm' && to === 'PLACED')?.at;
  return {
    requested: resumedAt(vm, history) ?? vm.createdAt,
    queued: vm.queuedAt,
    job: vm.jobStartedAt,
    placed,
    domain: vm.startedAt,
    ready: vm.readyAt,
  };
}

/** How the VM came up, step by step. With several attempts it tells of the last one. */
export function timeline(vm: Vm, history: HistoryEvent[]): TimelineStep[] {
  const at = times(vm, history);
  const order = ORDER[vm.path];
  const reached = order.findLastIndex((key) => at[key]);
  let before: string | undefined;
  return order.map((key, index) => {
    const time = at[key] ?? undefined;
    const took = time && before ? Math.max(0, secondsBetween(before, time)) : undefined;
    before = time ?? before;
    const title = key === 'requested' ? first(vm, history) : TITLE[key];
    const state = stateOf(vm, index, reached);
    return { title, at: time, took, state, says: says(vm, state) };
  });
}

function first(vm: Vm, history: HistoryEvent[]): string {
  if (vm.path === 'direct') return 'Registered';
  return resumedAt(vm, history) ? 'Resumed' : TITLE.requested;
}

/** While its image comes to the node, the VM's message tells how far it is. */
function says(vm: Vm, state: StepState): string | undefined {
  const preparing = state === 'current' && vm.phase === 'PREPARING';
  return preparing ? (vm.message ?? undefined) : undefined;
}

function stateOf(vm: Vm, index: number, reached: number): StepState {
  if (index <= reached) return 'done';
  if (over(vm)) return vm.phase === 'FAILED' && index === reached + 1 ? 'failed' : 'skipped';
  const waits = vm.phase === 'STOPPING' || vm.phase === 'SUSPENDED';
  return index === reached + 1 && !waits ? 'current' : 'waiting';
}

import type { LaunchPath, Phase, Vm } from '../../api/types';
import { over } from '../phase';

export const STATES = ['active', 'over', 'all'] as const;
export type State = (typeof STATES)[number];

export interface Filter {
  state: State;
  phases: Phase[];
  paths: LaunchPath[];
  owners: string[];
  text: string;
}

/** Filters live in the address, so that a list can be shared and survives a reload. */
export const readFilter = (params: URLSearchParams): Filter => ({
  state: STATES.find((state) => state === params.get('state')) ?? 'active',
  phases: params.getAll('phase') as Phase[],
  paths: params.getAll('path') as LaunchPath[],
  owners: params.getAll('owner'),
  text: params.get('q') ?? '',
});

export function writeFilter(filter: Filter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.state !== 'active') params.set('state', filter.state);
  for (const phase of filter.phases) params.append('phase', phase);
  for (const path of filter.paths) params.append('path', path);
  for (const owner of filter.owners) params.append('owner', owner);
  if (filter.text) params.set('q', filter.text);
  return params;
}

const any = <T>(chosen: T[], value: T): boolean => chosen.length === 0 || chosen.includes(value);

export function inState(vm: Vm, state: State): boolean {
  switch (state) {
    case 'active':
      return !over(vm);
    case 'over':
      return over(vm);
    case 'all':
      return true;
  }
}

export function matches(vm: Vm, filter: Filter): boolean {
  const text = filter.text.trim().toLowerCase();
  const searched = [vm.name, vm.id, vm.image, vm.lease?.node, vm.lease?.jobId, vm.owner];
  return (
    inState(vm, filter.state) &&
    any(filter.phases, vm.phase) &&
    any(filter.paths, vm.path) &&
    any(filter.owners, vm.owner) &&
    (!text || searched.some((value) => value?.toLowerCase().includes(text)))
  );
}

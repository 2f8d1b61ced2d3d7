import type { QueryClient } from '@tanstack/react-query';
import { keys } from './queries';
import type { Lease, Vm } from './types';

const OVER = new Set(['RELEASED', 'FAILED']);

/** Puts a VM that arrived live where the pages look; an older version never covers a newer one. */
export function mergeVm(cache: QueryClient, vm: Vm): void {
  const newer = (known: Vm | undefined): boolean => !known || known.version <= vm.version;
  cache.setQueryData<Vm>(keys.vm(vm.id), (known) => (newer(known) ? vm : known));
  cache.setQueryData<Vm[]>(keys.vms, (list) => {
    if (!list) return list;
    const known = list.find((each) => each.id === vm.id);
    if (!known) return [vm, ...list];
    return newer(known) ? list.map((each) => (each.id === vm.id ? vm : each)) : list;
  });
}

/** The list of leases holds those that are not over. */
export function mergeLease(cache: QueryClient, lease: Lease): void {
  cache.setQueryData<Lease[]>(keys.leases, (list) => {
    if (!list) return list;
    if (OVER.has(lease.phase)) return list.filter((each) => each.id !== lease.id);
    return list.some((each) => each.id === lease.id)
      ? list.map((each) => (each.id === lease.id ? lease : each))
      : [lease, ...list];
  });
}

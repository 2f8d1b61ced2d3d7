import { useQuery } from '@tanstack/react-query';
import * as client from './client';
import { useLiveState } from './LiveState';
import type { ImageRevision } from './types';

/** Catalogues change when an operator changes them: rarely. */
const CATALOGUE = 60_000;
/** Even with live updates everything is read again at times: events are hints. */
const LIVE = 30_000;
/** Without live updates this is how old the page may be. */
const POLL = 3_000;

export const keys = {
  me: ['me'],
  vms: ['vms'],
  vm: (id: string) => ['vm', id],
  history: (id: string) => ['history', id],
  consoleLog: (id: string) => ['console-log', id],
  stats: (id: string) => ['stats', id],
  leases: ['leases'],
  nodes: ['nodes'],
  pools: ['pools'],
  audit: ['audit'],
  volumes: ['volumes'],
  images: ['images'],
  keptDraft: (owner: string) => ['kept-draft', owner],
} as const;

const useInterval = (): number => (useLiveState() === 'live' ? LIVE : POLL);

export const useVms = () =>
  useQuery({
    queryKey: keys.vms,
    queryFn: ({ signal }) => client.vms(signal),
    refetchInterval: useInterval(),
  });

export const useVm = (id: string) =>
  useQuery({
    queryKey: keys.vm(id),
    queryFn: ({ signal }) => client.vm(id, signal),
    refetchInterval: useInterval(),
  });

/** @param version the VM's: a new one means that there is more to tell */
export const useHistory = (id: string, version: number) =>
  useQuery({
    queryKey: [...keys.history(id), version],
    queryFn: ({ signal }) => client.vmHistory(id, signal),
    placeholderData: (last) => last,
    refetchInterval: LIVE,
  });

/** @param growing whether more may come */
export const useConsoleLog = (id: string, growing: boolean) =>
  useQuery({
    queryKey: keys.consoleLog(id),
    queryFn: ({ signal }) => client.consoleLog(id, signal),
    refetchInterval: growing ? 1_500 : false,
  });

/** Measured every 15 s. */
export const useVmStats = (id: string, running: boolean) =>
  useQuery({
    queryKey: keys.stats(id),
    queryFn: ({ signal }) => client.vmStats(id, signal),
    refetchInterval: running ? 15_000 : false,
  });

const unfinished = ({ state }: ImageRevision): boolean =>
  state === 'RECEIVING' || state === 'CHECKING';

export const useImages = () =>
  useQuery({
    queryKey: keys.images,
    queryFn: ({ signal }) => client.images(signal),
    staleTime: CATALOGUE,
    // What arrives or is checked is worth looking at again
    refetchInterval: ({ state }) =>
      state.data?.some(({ revisions }) => revisions.some(unfinished)) ? 1_000 : false,
  });

export const useFlavors = () =>
  useQuery({
    queryKey: ['flavors'],
    queryFn: ({ signal }) => client.flavors(signal),
    staleTime: CATALOGUE,
  });

export const usePartitions = () =>
  useQuery({
    queryKey: ['partitions'],
    queryFn: ({ signal }) => client.partitions(signal),
    staleTime: CATALOGUE,
  });

/** Who holds one changes with VMs. */
export const useVolumes = () =>
  useQuery({
    queryKey: keys.volumes,
    queryFn: ({ signal }) => client.volumes(signal),
    refetchInterval: 5_000,
  });

export const usePools = () =>
  useQuery({
    queryKey: keys.pools,
    queryFn: ({ signal }) => client.pools(signal),
    refetchInterval: useInterval(),
  });

export const useLeases = () =>
  useQuery({
    queryKey: keys.leases,
    queryFn: ({ signal }) => client.leases(signal),
    refetchInterval: useInterval(),
  });

export const useNodes = () =>
  useQuery({
    queryKey: keys.nodes,
    queryFn: ({ signal }) => client.nodes(signal),
    refetchInterval: 5_000,
  });

/** The site looks at itself every two seconds. */
export const useAudit = () =>
  useQuery({
    queryKey: keys.audit,
    queryFn: ({ signal }) => client.audit(signal),
    refetchInterval: 2_000,
  });

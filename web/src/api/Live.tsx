import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { LiveContext, type LiveState } from './LiveState';
import { mergeLease, mergeVm } from './merge';
import { keys } from './queries';
import type { Lease, Vm } from './types';

/** The server pings every 15 s; silence for longer than two of them means a dead link. */
const SILENCE = 35_000;
const RETRY = 5_000;

/** Keeps one stream of changes open while somebody is logged in, and the cache in step with it. */
export function Live({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const again = (delay: number, then: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(then, delay);
    };
    const lost = () => {
      source?.close();
      setState('polling');
      again(RETRY, open);
    };
    const heard = () => again(SILENCE, lost);
    const open = () => {
      source = new EventSource('/api/v1/events');
      source.onopen = () => {
        setState('live');
        heard();
        // What happened while no stream was open was missed.
        void cache.invalidateQueries({ queryKey: keys.vms });
        void cache.invalidateQueries({ queryKey: keys.leases });
      };
      source.onerror = lost;
      source.addEventListener('ping', heard);
      source.addEventListener('vm', (event: MessageEvent<string>) => {
        heard();
        mergeVm(cache, JSON.parse(event.data) as Vm);
      });
      source.addEventListener('lease', (event: MessageEvent<string>) => {
        heard();
        mergeLease(cache, JSON.parse(event.data) as Lease);
        void cache.invalidateQueries({ queryKey: keys.nodes });
        void cache.invalidateQueries({ queryKey: keys.pools });
      });
    };

    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [cache]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

import { createContext, useContext } from 'react';

/** Whether changes arrive by themselves; otherwise pages ask every few seconds. */
export type LiveState = 'connecting' | 'live' | 'polling';

export const LiveContext = createContext<LiveState>('connecting');

export const useLiveState = (): LiveState => useContext(LiveContext);

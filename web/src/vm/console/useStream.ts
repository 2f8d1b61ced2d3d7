import { useCallback, useEffect, useState } from 'react';
import { Problem } from '../../api/problem';
import { openStream, pause, type StreamKind, worthAnotherTry } from './stream';

export type StreamState =
  | { is: 'connecting' }
  | { is: 'open' }
  /** It was lost, and is tried again by itself. */
  | { is: 'lost' }
  | { is: 'closed'; why: string };

/** Takes over a socket that was just made; what it returns is called when that is closed. */
export type Attach = (socket: WebSocket) => () => void;

const MOST_TRIES = 20;

/** Keeps a connection to a guest as long as the component is shown. @param attach must not change */
export function useStream(vm: string, kind: StreamKind, attach: Attach) {
  const [state, setState] = useState<StreamState>({ is: 'connecting' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    const gone = new AbortController();
    let socket: WebSocket | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;

    const connect = async (): Promise<void> => {
      try {
        const made = await openStream(vm, kind, gone.signal);
        if (gone.signal.aborted) {
          made.close();
          return;
        }
        socket = made;
        const detach = attach(made);
        made.addEventListener('open', () => {
          tries = 0;
          setState({ is: 'open' });
        });
        made.addEventListener('close', ({ code, reason }) => {
          detach();
          if (!gone.signal.aborted) ended(worthAnotherTry(code), reason);
        });
      } catch (error) {
        if (gone.signal.aborted) return;
        const status = error instanceof Problem ? error.status : 0;
        ended(status === 0 || status >= 500, error instanceof Error ? error.message : '');
      }
    };

    const ended = (again: boolean, why: string): void => {
      if (!again || tries >= MOST_TRIES) {
        setState({ is: 'closed', why });
        return;
      }
      setState({ is: 'lost' });
      timer = setTimeout(() => void connect(), pause(tries++));
    };

    void connect();
    return () => {
      gone.abort();
      clearTimeout(timer);
      socket?.close();
    };
  }, [vm, kind, attach, round]);

  const again = useCallback(() => {
    setState({ is: 'connecting' });
    setRound((n) => n + 1);
  }, []);
  return { state, again };
}

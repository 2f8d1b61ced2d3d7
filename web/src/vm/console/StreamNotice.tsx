import { Button, Spinner } from '@patternfly/react-core';
import type { StreamState } from './useStream';

/** How the connection to the guest is, in one line. */
export function StreamNotice({ state, again }: { state: StreamState; again: () => void }) {
  return (
    <span role="status" className="anemone-stream-state">
      {state.is === 'open' && 'Connected.'}
      {state.is === 'connecting' && (
        <>
          <Spinner size="sm" aria-label="Connecting" /> Connecting…
        </>
      )}
      {state.is === 'lost' && (
        <>
          <Spinner size="sm" aria-label="Connecting again" /> The connection was lost. Connecting
          again…
        </>
      )}
      {state.is === 'closed' && (
        <>
          {state.why || 'The connection is closed.'}{' '}
          <Button variant="link" isInline onClick={again}>
            Connect again
          </Button>
        </>
      )}
    </span>
  );
}

import { Switch } from '@patternfly/react-core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useConsoleLog } from '../../api/queries';
import type { Vm } from '../../api/types';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { over } from '../phase';

/** What the guest wrote on its serial console, as plain text; follows the end while it grows. */
export function ConsoleLog({ vm }: { vm: Vm }) {
  const { data: log = '', error } = useConsoleLog(vm.id, !over(vm));
  const [follow, setFollow] = useState(true);
  const screen = useRef<HTMLPreElement>(null);

  useLayoutEffect(() => {
    if (follow && screen.current) screen.current.scrollTop = screen.current.scrollHeight;
  }, [log, follow]);

  if (error && !log) return <ProblemAlert error={error} />;
  return (
    <div className="anemone-stream">
      <div className="anemone-stream-bar">
        <span className="anemone-hint">Without colours, and kept when the VM is over.</span>
        <Switch
          id="follow"
          label="Follow"
          isChecked={follow}
          onChange={(_event, on) => setFollow(on)}
        />
      </div>
      <pre
        ref={screen}
        className="anemone-console"
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label="Console log"
      >
        {log || empty(vm)}
      </pre>
    </div>
  );
}

const empty = (vm: Vm): string =>
  over(vm) ? 'The guest wrote nothing.' : 'Nothing yet: the guest has not written anything.';

import { Alert } from '@patternfly/react-core';
import type { Vm } from '../../api/types';
import { fullTime } from '../../time/Ago';
import { endWords, over } from '../phase';
import { ConsoleEnd } from './ConsoleEnd';

/** That it is late is told above, with the end of its console. */
const warnings = (vm: Vm): string[] =>
  vm.readiness?.late
    ? vm.warnings.filter((warning) => !warning.startsWith('not ready after'))
    : vm.warnings;

/** What the owner should know now: why it is over, why it waits, what is not as it should be. */
export function Notices({ vm }: { vm: Vm }) {
  return (
    <>
      {over(vm) && (
        <Alert
          isInline
          component="h2"
          variant={vm.phase === 'FAILED' ? 'danger' : 'info'}
          title={`${endWords(vm)}${vm.endedAt ? ` (${fullTime(vm.endedAt)})` : ''}`}
        >
          {vm.message}
          {vm.phase === 'FAILED' && vm.reason && (
            <div className="anemone-hint">Code: {vm.reason}</div>
          )}
          {vm.reason === 'GUEST_NOT_READY' && <ConsoleEnd vm={vm} />}
        </Alert>
      )}
      {!over(vm) && vm.message && (
        <Alert isInline component="h2" variant="info" title={vm.message} />
      )}
      {vm.readiness?.late && (
        <Alert
          isInline
          component="h2"
          variant="warning"
          title={`Not ready after ${vm.readiness.timeoutSeconds} s: ${vm.readiness.missing ?? ''}`}
        >
          <ConsoleEnd vm={vm} />
        </Alert>
      )}
      {warnings(vm).map((warning) => (
        <Alert key={warning} isInline component="h2" variant="warning" title={warning} />
      ))}
    </>
  );
}

import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { HistoryEvent, Vm } from '../../api/types';
import { secondsBetween, words } from '../../time/duration';
import { over } from '../phase';
import { Timeline } from './Timeline';
import { resumedAt } from './timeline';

export function TimelineCard({ vm, history }: { vm: Vm; history: HistoryEvent[] }) {
  return (
    <Card>
      <CardTitle component="h2">{heading(vm, history)}</CardTitle>
      <CardBody>
        <Timeline vm={vm} history={history} />
      </CardBody>
    </Card>
  );
}

function heading(vm: Vm, history: HistoryEvent[]): string {
  if (vm.phase === 'SUSPENDED') return 'Before it was suspended';
  const resumed = resumedAt(vm, history);
  if (resumed && vm.readyAt) {
    return `Ready ${words(secondsBetween(resumed, vm.readyAt))} after it was resumed`;
  }
  const again = vm.attempt > 1 ? `, attempt ${vm.attempt}` : '';
  if (vm.readyAt) {
    return `Ready ${words(secondsBetween(vm.createdAt, vm.readyAt))} after the request${again}`;
  }
  return (over(vm) ? 'It did not become ready' : 'On its way') + again;
}

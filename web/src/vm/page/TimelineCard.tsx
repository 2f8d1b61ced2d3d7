import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { HistoryEvent, Vm } from '../../api/types';
import { secondsBetween, words } from '../../time/duration';
import { over } from '../phase';
import { Timeline } from './Timeline';

export function TimelineCard({ vm, history }: { vm: Vm; history: HistoryEvent[] }) {
  return (
    <Card>
      <CardTitle component="h2">{heading(vm)}</CardTitle>
      <CardBody>
        <Timeline vm={vm} history={history} />
      </CardBody>
    </Card>
  );
}

function heading(vm: Vm): string {
  const again = vm.attempt > 1 ? `, attempt ${vm.attempt}` : '';
  if (vm.readyAt) {
    return `Ready ${words(secondsBetween(vm.createdAt, vm.readyAt))} after the request${again}`;
  }
  return (over(vm) ? 'It did not become ready' : 'On its way') + again;
}

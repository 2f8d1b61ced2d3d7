import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { HistoryEvent } from '../../api/types';
import { fullTime } from '../../time/Ago';

/** Everything that happened to the VM and to its leases, oldest first. */
export function HistoryCard({ history }: { history: HistoryEvent[] }) {
  return (
    <Card>
      <CardTitle component="h2">History</CardTitle>
      <CardBody>
        <Table aria-label="History" variant="compact" borders={false}>
          <Thead>
            <Tr>
              <Th>When</Th>
              <Th>What</Th>
              <Th>Step</Th>
              <Th width={50}>Note</Th>
              <Th>By</Th>
            </Tr>
          </Thead>
          <Tbody>
            {history.map((event) => (
              <Tr key={`${event.kind}-${event.id}`}>
                <Td dataLabel="When" modifier="nowrap">
                  <time dateTime={event.at}>{fullTime(event.at)}</time>
                </Td>
                <Td dataLabel="What">
                  <Label
                    isCompact
                    variant="outline"
                    color={event.kind === 'vm' ? 'blue' : 'purple'}
                  >
                    {event.kind === 'vm' ? 'VM' : 'Lease'}
                  </Label>
                </Td>
                <Td dataLabel="Step" modifier="nowrap">
                  {step(event)}
                </Td>
                <Td dataLabel="Note">{event.note}</Td>
                <Td dataLabel="By">{event.actor ?? '–'}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

function step({ from, to }: HistoryEvent): string {
  if (from && to && from !== to) return `${from} → ${to}`;
  return to ?? from ?? '–';
}

import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Invariant } from '../api/types';
import { HoldsLabel } from './HoldsLabel';

export function InvariantsCard({ invariants }: { invariants: Invariant[] }) {
  return (
    <Card>
      <CardTitle component="h2">All invariants</CardTitle>
      <CardBody>
        <Table aria-label="Invariants" variant="compact">
          <Thead>
            <Tr>
              <Th modifier="fitContent">Invariant</Th>
              <Th>What must be true</Th>
              <Th>State</Th>
            </Tr>
          </Thead>
          <Tbody>
            {invariants.map((invariant) => (
              <Tr key={invariant.id}>
                <Td dataLabel="Invariant" modifier="fitContent">
                  {invariant.id}
                </Td>
                <Td dataLabel="What must be true">
                  {invariant.title}
                  <div className="anemone-hint">{invariant.sentence}</div>
                </Td>
                <Td dataLabel="State">
                  <HoldsLabel invariant={invariant} />
                  {invariant.unknown && <div className="anemone-hint">{invariant.unknown}</div>}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

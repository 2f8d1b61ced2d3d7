import { Card, CardBody, CardTitle, Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Violation } from '../api/types';
import { Ago } from '../time/Ago';
import { isoWords } from '../time/duration';
import { Subjects } from './Subjects';

/** What was wrong and is not any more. */
export function HealedCard({ healed }: { healed: Violation[] }) {
  return (
    <Card>
      <CardTitle component="h2">Healed</CardTitle>
      <CardBody>
        {healed.length === 0 ? (
          <Content component="p">No violation was ever found here.</Content>
        ) : (
          <Table aria-label="Healed violations" variant="compact">
            <Thead>
              <Tr>
                <Th modifier="fitContent">Invariant</Th>
                <Th>What was found</Th>
                <Th>About</Th>
                <Th>Lasted</Th>
                <Th>Healed</Th>
              </Tr>
            </Thead>
            <Tbody>
              {healed.map((violation) => (
                <Tr key={`${violation.invariant} ${violation.since} ${violation.healedAt ?? ''}`}>
                  <Td dataLabel="Invariant" modifier="fitContent">
                    {violation.invariant}
                  </Td>
                  <Td dataLabel="What was found">{violation.what}</Td>
                  <Td dataLabel="About">
                    <Subjects subjects={violation.subjects} />
                  </Td>
                  <Td dataLabel="Lasted" modifier="nowrap">
                    {isoWords(violation.age)}
                  </Td>
                  <Td dataLabel="Healed" modifier="nowrap">
                    {violation.healedAt && (
                      <span>
                        <Ago instant={violation.healedAt} /> ago
                      </span>
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

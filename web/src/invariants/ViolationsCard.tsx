import { Alert, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Violation } from '../api/types';
import { Ago } from '../time/Ago';
import { Subjects } from './Subjects';

/** What speaks against an invariant now. Nothing is shown while there is nothing. */
export function ViolationsCard({ violations }: { violations: Violation[] }) {
  if (violations.length === 0) return null;
  return (
    <Card>
      <CardTitle component="h2">Violations</CardTitle>
      <CardBody>
        <Alert
          isInline
          isPlain
          variant="danger"
          component="p"
          title={
            violations.length === 1
              ? 'One thing is not as it must be'
              : 'Things are not as they must be'
          }
        />
        <Table aria-label="Violations" variant="compact">
          <Thead>
            <Tr>
              <Th modifier="fitContent">Invariant</Th>
              <Th>What was found</Th>
              <Th>About</Th>
              <Th>For</Th>
            </Tr>
          </Thead>
          <Tbody>
            {violations.map((violation) => (
              <Tr key={`${violation.invariant} ${violation.since} ${about(violation)}`}>
                <Td dataLabel="Invariant" modifier="fitContent">
                  {violation.invariant}
                </Td>
                <Td dataLabel="What was found">
                  {violation.what}
                  <div className="anemone-hint">{violation.healing}</div>
                </Td>
                <Td dataLabel="About">
                  <Subjects subjects={violation.subjects} />
                </Td>
                <Td dataLabel="For" modifier="nowrap">
                  <Ago instant={violation.since} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

const about = ({ subjects }: Violation): string => subjects.map(({ id }) => id).join(' ');

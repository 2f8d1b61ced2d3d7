import { Button, Card, CardBody, CardTitle, Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { Pool } from '../api/types';
import { isoWords } from '../time/duration';
import { memory } from '../units/size';
import { PoolDialog } from './PoolDialog';

export function PoolsCard({ pools, operator }: { pools: Pool[]; operator: boolean }) {
  const [edited, setEdited] = useState<Pool>();
  return (
    <Card>
      <CardTitle component="h2">Pools</CardTitle>
      <CardBody>
        <Content component="p">
          A pool holds whole nodes, so that VMs of the static path boot without waiting.
        </Content>
        <Table aria-label="Pools" variant="compact">
          <Thead>
            <Tr>
              <Th>Pool</Th>
              <Th>Nodes held</Th>
              <Th>Free</Th>
              <Th>VMs</Th>
              <Th>Partition</Th>
              <Th>Walltime of a lease</Th>
              {operator && <Th screenReaderText="Actions" />}
            </Tr>
          </Thead>
          <Tbody>
            {pools.map((pool) => (
              <Tr key={pool.name}>
                <Td dataLabel="Pool">{pool.name}</Td>
                <Td dataLabel="Nodes held">
                  {pool.active} of {pool.leases} wanted
                </Td>
                <Td dataLabel="Free">
                  {pool.freeCores} {pool.freeCores === 1 ? 'core' : 'cores'},{' '}
                  {memory(pool.freeMemoryMiB)}
                </Td>
                <Td dataLabel="VMs">{pool.vms}</Td>
                <Td dataLabel="Partition">{pool.partition ?? 'default'}</Td>
                <Td dataLabel="Walltime of a lease">
                  {isoWords(pool.walltime)}
                  <div className="anemone-hint">renewed {isoWords(pool.renewBefore)} before</div>
                </Td>
                {operator && (
                  <Td modifier="fitContent">
                    <Button
                      variant="secondary"
                      size="sm"
                      aria-label={`Change pool ${pool.name}`}
                      onClick={() => setEdited(pool)}
                    >
                      Change
                    </Button>
                  </Td>
                )}
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
      {edited && <PoolDialog pool={edited} onClose={() => setEdited(undefined)} />}
    </Card>
  );
}

import { Card, CardBody, CardTitle, Content, Label } from '@patternfly/react-core';
import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { LeaseAction } from '../api/client';
import type { Lease, Vm } from '../api/types';
import { Until } from '../time/Ago';
import { size } from '../units/size';
import { PATH } from '../vm/path';
import { flags, LEASE_PHASE } from './lease';
import { LeaseActionDialog } from './LeaseActionDialog';
import { VmLinks } from './VmLinks';

interface Props {
  leases: Lease[];
  vms: Vm[];
  operator: boolean;
}

export function LeasesCard({ leases, vms, operator }: Props) {
  const [asked, setAsked] = useState<{ lease: Lease; action: LeaseAction }>();
  const named = (ids: string[]) =>
    ids.map((id) => ({ id, name: vms.find((vm) => vm.id === id)?.name ?? id.slice(0, 8) }));
  return (
    <Card>
      <CardTitle component="h2">Leases</CardTitle>
      <CardBody>
        {leases.length === 0 ? (
          <Content component="p">
            {operator
              ? 'No lease at the moment: every node is the scheduler’s alone.'
              : 'None of your VMs holds a lease at the moment.'}
          </Content>
        ) : (
          <Table aria-label="Leases" variant="compact">
            <Thead>
              <Tr>
                <Th>Job</Th>
                <Th>Phase</Th>
                <Th>Path</Th>
                <Th>Owner</Th>
                <Th>Node</Th>
                <Th>Size</Th>
                <Th>VMs</Th>
                <Th>Ends in</Th>
                {operator && <Th screenReaderText="Actions" />}
              </Tr>
            </Thead>
            <Tbody>
              {leases.map((lease) => (
                <Tr key={lease.id}>
                  <Td dataLabel="Job">{lease.jobId ?? '–'}</Td>
                  <Td dataLabel="Phase">
                    <Phase lease={lease} />
                  </Td>
                  <Td dataLabel="Path">
                    {PATH[lease.path].label}
                    {lease.pool && <div className="anemone-hint">pool {lease.pool}</div>}
                  </Td>
                  <Td dataLabel="Owner">{lease.owner}</Td>
                  <Td dataLabel="Node">{lease.node ?? '–'}</Td>
                  <Td dataLabel="Size">
                    {size({ vcpus: lease.cores, memoryMiB: lease.memoryMiB })}
                  </Td>
                  <Td dataLabel="VMs">
                    <VmLinks vms={named(lease.vms)} />
                  </Td>
                  <Td dataLabel="Ends in" modifier="nowrap">
                    {lease.endsAt ? <Until instant={lease.endsAt} /> : '–'}
                  </Td>
                  {operator && (
                    <Td isActionCell>
                      <ActionsColumn
                        items={[
                          {
                            title: 'Drain',
                            isDisabled: lease.phase !== 'ACTIVE',
                            onClick: () => setAsked({ lease, action: 'drain' }),
                          },
                          {
                            title: 'Release',
                            isDanger: true,
                            isDisabled: lease.phase === 'RELEASING',
                            onClick: () => setAsked({ lease, action: 'release' }),
                          },
                        ]}
                      />
                    </Td>
                  )}
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
      {asked && <LeaseActionDialog {...asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

function Phase({ lease }: { lease: Lease }) {
  const { label, tone } = LEASE_PHASE[lease.phase];
  return (
    <span className="anemone-labels">
      <Label isCompact color={tone}>
        {label}
      </Label>
      {flags(lease).map((flag) => (
        <Label key={flag} isCompact color="orange" variant="outline">
          {flag}
        </Label>
      ))}
    </span>
  );
}

import { Card, CardBody, CardTitle, Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ClusterNode } from '../api/types';
import { memory } from '../units/size';
import { NodeState } from './NodeState';
import { UsageBar } from './UsageBar';
import { VmLinks } from './VmLinks';

export function NodesCard({ nodes }: { nodes: ClusterNode[] }) {
  return (
    <Card>
      <CardTitle component="h2">Nodes</CardTitle>
      <CardBody>
        {nodes.length === 0 ? (
          <Content component="p">The scheduler names no nodes.</Content>
        ) : (
          <Table aria-label="Nodes" variant="compact">
            <Thead>
              <Tr>
                <Th>Node</Th>
                <Th>State</Th>
                <Th width={25}>Cores</Th>
                <Th width={25}>Memory</Th>
                <Th>VMs</Th>
                <Th>Partitions</Th>
              </Tr>
            </Thead>
            <Tbody>
              {nodes.map((node) => (
                <Tr key={node.name}>
                  <Td dataLabel="Node">{node.name}</Td>
                  <Td dataLabel="State">
                    <NodeState node={node} />
                  </Td>
                  <Td dataLabel="Cores">
                    <UsageBar
                      what={`Cores of ${node.name}`}
                      used={node.allocatedCores}
                      all={node.cores}
                      words={`${node.cores - node.allocatedCores} of ${node.cores} free`}
                    />
                  </Td>
                  <Td dataLabel="Memory">
                    <UsageBar
                      what={`Memory of ${node.name}`}
                      used={node.allocatedMemoryMiB}
                      all={node.memoryMiB}
                      words={`${memory(node.memoryMiB - node.allocatedMemoryMiB)} of ${memory(node.memoryMiB)} free`}
                    />
                  </Td>
                  <Td dataLabel="VMs">
                    <VmLinks vms={node.vms ?? []} />
                  </Td>
                  <Td dataLabel="Partitions">{node.partitions.join(', ')}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

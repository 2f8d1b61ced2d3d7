import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from 'react-router';
import type { VmAction } from '../../api/client';
import type { Vm } from '../../api/types';
import { useUser } from '../../session/session';
import { Ago } from '../../time/Ago';
import { size } from '../../units/size';
import { PATH } from '../path';
import { PhaseLabel } from '../PhaseLabel';
import { aside, over } from '../phase';
import { VmMenu } from './VmMenu';

interface Props {
  vms: Vm[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: string[], choose: boolean) => void;
  onAct: (vm: Vm, action: VmAction) => void;
  onDelete: (vm: Vm) => void;
}

export function VmTable({ vms, chosen, onChoose, onAct, onDelete }: Props) {
  const operator = useUser().role === 'operator';
  const deletable = vms.filter((vm) => !over(vm)).map(({ id }) => id);
  return (
    <Table aria-label="Virtual machines" variant="compact">
      <Thead>
        <Tr>
          <Th
            aria-label="Choose all"
            {...(deletable.length > 0 && {
              select: {
                onSelect: (_event: unknown, choose: boolean) => onChoose(deletable, choose),
                isSelected: deletable.every((id) => chosen.has(id)),
              },
            })}
          />
          <Th>Name</Th>
          <Th>Phase</Th>
          <Th>Path</Th>
          <Th>Image</Th>
          <Th modifier="nowrap">Size</Th>
          <Th>Node</Th>
          <Th>Job</Th>
          {operator && <Th>Owner</Th>}
          <Th>Age</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {vms.map((vm, rowIndex) => (
          <Tr key={vm.id}>
            <Td
              select={{
                rowIndex,
                isSelected: chosen.has(vm.id),
                isDisabled: over(vm),
                onSelect: (_event, choose) => onChoose([vm.id], choose),
              }}
            />
            <Td dataLabel="Name" modifier="nowrap">
              <Link to={`/vms/${vm.id}`} className="anemone-name">
                {vm.name}
              </Link>
            </Td>
            <Td dataLabel="Phase">
              <PhaseLabel vm={vm} />
              {aside(vm) && <div className="anemone-hint">{aside(vm)}</div>}
            </Td>
            <Td dataLabel="Path">{PATH[vm.path].label}</Td>
            <Td dataLabel="Image" modifier="nowrap">
              {vm.image}
            </Td>
            <Td dataLabel="Size" modifier="nowrap">
              {size(vm)}
            </Td>
            <Td dataLabel="Node">{vm.lease?.node ?? '–'}</Td>
            <Td dataLabel="Job">{vm.lease?.jobId ?? '–'}</Td>
            {operator && <Td dataLabel="Owner">{vm.owner}</Td>}
            <Td dataLabel="Age" modifier="nowrap">
              <Ago instant={vm.createdAt} />
            </Td>
            <Td isActionCell>
              <VmMenu vm={vm} onAct={(action) => onAct(vm, action)} onDelete={() => onDelete(vm)} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

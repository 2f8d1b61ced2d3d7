import { ActionsColumn, type IAction } from '@patternfly/react-table';
import { useNavigate } from 'react-router';
import type { Vm } from '../../api/types';
import { copy } from '../../ui/copy';
import { over } from '../phase';
import { sshCommand } from '../ssh';

export function VmMenu({ vm, onDelete }: { vm: Vm; onDelete: () => void }) {
  const navigate = useNavigate();
  const ssh = over(vm) ? undefined : sshCommand(vm);
  const items: IAction[] = [
    { title: 'Open', onClick: () => void navigate(`/vms/${vm.id}`) },
    ...(ssh ? [{ title: 'Copy ssh command', onClick: () => void copy(ssh) }] : []),
    ...(over(vm) ? [] : [{ title: 'Delete', isDanger: true, onClick: onDelete }]),
  ];
  return <ActionsColumn items={items} />;
}

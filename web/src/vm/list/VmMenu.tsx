import { ActionsColumn, type IAction } from '@patternfly/react-table';
import { useNavigate } from 'react-router';
import type { VmAction } from '../../api/client';
import type { Vm } from '../../api/types';
import { copy } from '../../ui/copy';
import { ACTION, actionsFor } from '../actions';
import { over } from '../phase';
import { sshCommand } from '../ssh';

interface Props {
  vm: Vm;
  onAct: (action: VmAction) => void;
  onDelete: () => void;
}

export function VmMenu({ vm, onAct, onDelete }: Props) {
  const navigate = useNavigate();
  const ssh = over(vm) ? undefined : sshCommand(vm);
  const items: IAction[] = [
    { title: 'Open', onClick: () => void navigate(`/vms/${vm.id}`) },
    ...(ssh ? [{ title: 'Copy ssh command', onClick: () => void copy(ssh) }] : []),
    ...actionsFor(vm).map((action) => ({
      title: ACTION[action].label,
      onClick: () => onAct(action),
    })),
    ...(over(vm) ? [] : [{ title: 'Delete', isDanger: true, onClick: onDelete }]),
  ];
  return <ActionsColumn items={items} popperProps={{ position: 'end', appendTo: 'inline' }} />;
}

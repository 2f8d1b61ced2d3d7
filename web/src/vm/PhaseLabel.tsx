import { Label, Spinner, Tooltip } from '@patternfly/react-core';
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import OutlinedClockIcon from '@patternfly/react-icons/dist/esm/icons/outlined-clock-icon';
import PauseCircleIcon from '@patternfly/react-icons/dist/esm/icons/pause-circle-icon';
import type { ReactNode } from 'react';
import type { Phase, Vm } from '../api/types';
import { words } from './phase';

const BUSY = <Spinner size="sm" aria-hidden className="anemone-label-spinner" />;

/** The phase by colour, icon and word; the sentence behind it stands in the tooltip. */
export function PhaseLabel({ vm }: { vm: Pick<Vm, 'phase' | 'rebooting'> }) {
  const { label, tone, means } = words(vm);
  return (
    <Tooltip content={means}>
      <Label color={tone} icon={vm.rebooting ? BUSY : icon(vm.phase)}>
        {label}
      </Label>
    </Tooltip>
  );
}

function icon(phase: Phase): ReactNode {
  switch (phase) {
    case 'PENDING':
    case 'QUEUED':
      return <OutlinedClockIcon />;
    case 'PLACED':
    case 'PREPARING':
    case 'BOOTING':
    case 'RUNNING':
    case 'SUSPENDING':
    case 'STOPPING':
      return BUSY;
    case 'READY':
      return <CheckCircleIcon />;
    case 'SUSPENDED':
      return <PauseCircleIcon />;
    case 'STOPPED':
      return <BanIcon />;
    case 'FAILED':
      return <ExclamationCircleIcon />;
  }
}

import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import VirtualMachineIcon from '@patternfly/react-icons/dist/esm/icons/virtual-machine-icon';
import type { Vm } from '../../api/types';
import { LinkButton } from '../../ui/LinkButton';
import { over } from '../phase';

interface Props {
  vms: Vm[];
  /** Whether something but "active" narrows the list. */
  narrowed: boolean;
  onShowAll: () => void;
}

/** Says why the list is empty, and what to do about it. */
export function NoVms({ vms, narrowed, onShowAll }: Props) {
  if (narrowed) {
    return (
      <EmptyState icon={SearchIcon} titleText="No VM matches" headingLevel="h2">
        <EmptyStateBody>None of your VMs fits these filters.</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="link" onClick={onShowAll}>
              Show all
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }
  const past = vms.filter(over).length;
  return (
    <EmptyState
      icon={VirtualMachineIcon}
      titleText={past ? 'No VM is running' : 'No virtual machines yet'}
      headingLevel="h2"
    >
      <EmptyStateBody>
        A VM runs on a node of the cluster, inside a job. Launch one here, with the command line (
        <code>anemone vm create</code>), or from a job of your own.
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <LinkButton to="/vms/launch">Launch a VM</LinkButton>
        </EmptyStateActions>
        {past > 0 && (
          <EmptyStateActions>
            <Button variant="link" onClick={onShowAll}>
              Show {past} that {past === 1 ? 'is' : 'are'} over
            </Button>
          </EmptyStateActions>
        )}
      </EmptyStateFooter>
    </EmptyState>
  );
}

import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Breadcrumb,
  BreadcrumbItem,
  Button,
  Grid,
  GridItem,
  PageBreadcrumb,
  PageSection,
  Stack,
} from '@patternfly/react-core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { isProblem } from '../../api/problem';
import { useHistory, useVm } from '../../api/queries';
import type { Vm } from '../../api/types';
import { Loading } from '../../layout/Loading';
import { NotFoundPage } from '../../layout/NotFoundPage';
import { ProblemPage } from '../../layout/ProblemPage';
import { usePageTitle } from '../../layout/usePageTitle';
import { PageHeader } from '../../ui/PageHeader';
import { DeleteVms } from '../DeleteVms';
import { PhaseLabel } from '../PhaseLabel';
import { aside, over, words } from '../phase';
import { ConsoleCard } from './ConsoleCard';
import { FactsCard } from './FactsCard';
import { HistoryCard } from './HistoryCard';
import { Notices } from './Notices';
import { SaveImageDialog } from './SaveImageDialog';
import { SshCard } from './SshCard';
import { TimelineCard } from './TimelineCard';
import { UsageCard } from './UsageCard';
import { VmActions } from './VmActions';

export default function VmPage() {
  const { id = '' } = useParams();
  const { data: vm, error, isPending, refetch } = useVm(id);

  if (isPending) return <Loading />;
  if (isProblem(error, 404) || isProblem(error, 400)) {
    return <NotFoundPage title="There is no such VM">It may belong to somebody else.</NotFoundPage>;
  }
  if (!vm) return <ProblemPage error={error} retry={() => void refetch()} />;
  return <Shown key={vm.id} vm={vm} />;
}

function Shown({ vm }: { vm: Vm }) {
  usePageTitle(vm.name);
  const { data: history = [] } = useHistory(vm.id, vm.version);
  const [deleting, setDeleting] = useState(false);
  const [saving, setSaving] = useState(false);
  return (
    <>
      <PageBreadcrumb>
        <Breadcrumb>
          <BreadcrumbItem
            render={({ className }) => (
              <Link className={className} to="/vms">
                Virtual machines
              </Link>
            )}
          />
          <BreadcrumbItem isActive>{vm.name}</BreadcrumbItem>
        </Breadcrumb>
      </PageBreadcrumb>
      <PageHeader
        title={
          <span className="anemone-title">
            {vm.name} <PhaseLabel vm={vm} />
          </span>
        }
        actions={
          !over(vm) && (
            <ActionList>
              <ActionListGroup className="anemone-actions">
                <VmActions vm={vm} />
                {(vm.phase === 'RUNNING' || vm.phase === 'READY') && vm.goal === 'RUN' && (
                  <ActionListItem>
                    <Button variant="secondary" onClick={() => setSaving(true)}>
                      Save as image…
                    </Button>
                  </ActionListItem>
                )}
                <ActionListItem>
                  <Button
                    variant="secondary"
                    isDanger
                    isDisabled={vm.goal === 'TERMINATE'}
                    onClick={() => setDeleting(true)}
                  >
                    Delete
                  </Button>
                </ActionListItem>
              </ActionListGroup>
            </ActionList>
          )
        }
      >
        {over(vm) ? null : [words(vm).means, aside(vm)].filter(Boolean).join(' ')}
      </PageHeader>
      <PageSection aria-label="Details">
        <Stack hasGutter>
          <Notices vm={vm} />
          {!over(vm) && <SshCard vm={vm} />}
          <TimelineCard vm={vm} history={history} />
          <UsageCard vm={vm} />
          <Grid hasGutter>
            <GridItem xl={8}>
              <ConsoleCard vm={vm} />
            </GridItem>
            <GridItem xl={4}>
              <FactsCard vm={vm} />
            </GridItem>
          </Grid>
          <HistoryCard history={history} />
        </Stack>
      </PageSection>
      {saving && <SaveImageDialog vm={vm} onClose={() => setSaving(false)} />}
      {deleting && <DeleteVms vms={[vm]} onClose={() => setDeleting(false)} />}
    </>
  );
}

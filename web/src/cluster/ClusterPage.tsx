import { PageSection, Stack } from '@patternfly/react-core';
import { useLeases, useNodes, usePools, useVms } from '../api/queries';
import { Loading } from '../layout/Loading';
import { ProblemPage } from '../layout/ProblemPage';
import { usePageTitle } from '../layout/usePageTitle';
import { useUser } from '../session/session';
import { Ago } from '../time/Ago';
import { PageHeader } from '../ui/PageHeader';
import { LeasesCard } from './LeasesCard';
import { NodesCard } from './NodesCard';
import { PoolsCard } from './PoolsCard';

export default function ClusterPage() {
  usePageTitle('Nodes and leases');
  const operator = useUser().role === 'operator';
  const nodes = useNodes();
  const leases = useLeases();
  const pools = usePools();
  const vms = useVms();

  if (nodes.isPending || leases.isPending) return <Loading />;
  if (!nodes.data) {
    return <ProblemPage error={nodes.error} retry={() => void nodes.refetch()} />;
  }
  return (
    <>
      <PageHeader title="Nodes and leases">
        As the scheduler said <Ago instant={nodes.data.takenAt} /> ago.
      </PageHeader>
      <PageSection aria-label="Nodes, leases and pools">
        <Stack hasGutter>
          <NodesCard nodes={nodes.data.items} />
          <LeasesCard leases={leases.data ?? []} vms={vms.data ?? []} operator={operator} />
          <PoolsCard pools={pools.data ?? []} operator={operator} />
        </Stack>
      </PageSection>
    </>
  );
}

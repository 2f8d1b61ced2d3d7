import {
  Button,
  Card,
  CardBody,
  EmptyState,
  EmptyStateBody,
  PageSection,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useVolumes } from '../api/queries';
import { Loading } from '../layout/Loading';
import { ProblemPage } from '../layout/ProblemPage';
import { usePageTitle } from '../layout/usePageTitle';
import { useUser } from '../session/session';
import { PageHeader } from '../ui/PageHeader';
import { VolumeDialog } from './VolumeDialog';
import { VolumeTable } from './VolumeTable';

export default function VolumesPage() {
  usePageTitle('Volumes');
  const operator = useUser().role === 'operator';
  const volumes = useVolumes();
  const [making, setMaking] = useState(false);

  if (volumes.isPending) return <Loading />;
  if (!volumes.data) {
    return <ProblemPage error={volumes.error} retry={() => void volumes.refetch()} />;
  }
  return (
    <>
      <PageHeader
        title="Volumes"
        actions={<Button onClick={() => setMaking(true)}>Make a volume</Button>}
      >
        Disks that outlive their VMs. One VM at a time has one.
      </PageHeader>
      <PageSection aria-label="Volumes">
        <Card>
          <CardBody>
            {volumes.data.length ? (
              <VolumeTable volumes={volumes.data} owners={operator} />
            ) : (
              <EmptyState titleText="There are no volumes" headingLevel="h2">
                <EmptyStateBody>
                  What a VM writes to its own disks is lost when it ends. What it writes to a volume
                  stays.
                </EmptyStateBody>
              </EmptyState>
            )}
          </CardBody>
        </Card>
      </PageSection>
      {making && <VolumeDialog onClose={() => setMaking(false)} />}
    </>
  );
}

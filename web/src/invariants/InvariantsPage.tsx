import { Alert, PageSection, Stack } from '@patternfly/react-core';
import { useAudit } from '../api/queries';
import { Loading } from '../layout/Loading';
import { NotFoundPage } from '../layout/NotFoundPage';
import { ProblemPage } from '../layout/ProblemPage';
import { usePageTitle } from '../layout/usePageTitle';
import { useUser } from '../session/session';
import { Ago } from '../time/Ago';
import { PageHeader } from '../ui/PageHeader';
import { HealedCard } from './HealedCard';
import { InvariantsCard } from './InvariantsCard';
import { ViolationsCard } from './ViolationsCard';

/** For operators; to others there is no such page. */
export default function InvariantsPage() {
  return useUser().role === 'operator' ? <Audit /> : <NotFoundPage />;
}

function Audit() {
  usePageTitle('Invariants');
  const audit = useAudit();

  if (audit.isPending) return <Loading />;
  if (!audit.data) return <ProblemPage error={audit.error} retry={() => void audit.refetch()} />;
  const { items, healed } = audit.data;
  const violations = items.flatMap((invariant) => invariant.violations);
  const checkedAt = items[0]?.checkedAt;
  return (
    <>
      <PageHeader title="Invariants">
        What must always be true of the site
        {checkedAt && (
          <>
            , looked at <Ago instant={checkedAt} /> ago
          </>
        )}
        .
      </PageHeader>
      <PageSection aria-label="The live audit">
        <Stack hasGutter>
          {audit.isError && (
            <Alert isInline variant="warning" title="This is not the newest audit" component="p">
              The orchestrator does not answer at the moment. What stands here is what it said last.
            </Alert>
          )}
          <ViolationsCard violations={violations} />
          <InvariantsCard invariants={items} />
          <HealedCard healed={healed} />
        </Stack>
      </PageSection>
    </>
  );
}

import { PageSection, Pagination } from '@patternfly/react-core';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useVms } from '../../api/queries';
import type { Vm } from '../../api/types';
import { Loading } from '../../layout/Loading';
import { ProblemPage } from '../../layout/ProblemPage';
import { usePageTitle } from '../../layout/usePageTitle';
import { useUser } from '../../session/session';
import { LinkButton } from '../../ui/LinkButton';
import { PageHeader } from '../../ui/PageHeader';
import { DeleteVms } from '../DeleteVms';
import { useVmActions } from '../useVmActions';
import { FilterBar } from './FilterBar';
import { matches, readFilter, writeFilter, type Filter } from './filter';
import { NoVms } from './NoVms';
import { VmTable } from './VmTable';

const PER_PAGE = 50;
const NO_VMS: Vm[] = [];

export default function VmListPage() {
  usePageTitle('Virtual machines');
  const operator = useUser().role === 'operator';
  const { data: vms = NO_VMS, isPending, error, refetch } = useVms();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<Vm[]>([]);
  const [page, setPage] = useState(1);
  const { ask, shown: actionShown } = useVmActions();

  if (isPending) return <Loading />;
  if (error && vms.length === 0) {
    return <ProblemPage error={error} retry={() => void refetch()} />;
  }

  const filter = readFilter(params);
  const shown = vms.filter((vm) => matches(vm, filter));
  const change = (part: Partial<Filter>) => {
    setParams(writeFilter({ ...filter, ...part }), { replace: true });
    setPage(1);
  };
  const choose = (ids: string[], on: boolean) =>
    setChosen(
      (before) => new Set([...before].filter((id) => !ids.includes(id)).concat(on ? ids : [])),
    );
  const chosenVms = shown.filter(({ id }) => chosen.has(id));
  const narrowed = [...params.keys()].length > 0;

  return (
    <>
      <PageHeader
        title="Virtual machines"
        actions={
          <LinkButton to="/vms/launch" icon={<PlusCircleIcon />}>
            Launch a VM
          </LinkButton>
        }
      >
        {operator ? 'All VMs of the site.' : 'Your VMs, newest first.'}
      </PageHeader>
      <PageSection>
        {vms.length > 0 && (
          <FilterBar
            vms={vms}
            filter={filter}
            onChange={change}
            chosen={chosenVms.length}
            onDelete={() => setDeleting(chosenVms)}
          />
        )}
        {shown.length === 0 ? (
          <NoVms vms={vms} narrowed={narrowed} onShowAll={() => setParams({ state: 'all' })} />
        ) : (
          <VmTable
            vms={shown.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
            chosen={chosen}
            onChoose={choose}
            onAct={ask}
            onDelete={(vm) => setDeleting([vm])}
          />
        )}
        {shown.length > PER_PAGE && (
          <Pagination
            itemCount={shown.length}
            perPage={PER_PAGE}
            page={page}
            onSetPage={(_event, next) => setPage(next)}
            perPageOptions={[]}
            variant="bottom"
          />
        )}
      </PageSection>
      {actionShown}
      {deleting.length > 0 && (
        <DeleteVms
          vms={deleting}
          onClose={() => {
            setDeleting([]);
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

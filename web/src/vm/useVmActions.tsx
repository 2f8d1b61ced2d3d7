import { Alert, AlertActionCloseButton, AlertGroup, Content } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { actOnVm, type VmAction } from '../api/client';
import { mergeVm } from '../api/merge';
import { Problem } from '../api/problem';
import type { Vm } from '../api/types';
import { Confirm } from '../ui/Confirm';
import { ACTION } from './actions';

interface Wish {
  vm: Vm;
  action: VmAction;
}

/** Carries out what is asked of VMs. `shown` is the question before it, or why it did not work. */
export function useVmActions(): { ask: (vm: Vm, action: VmAction) => void; shown: ReactNode } {
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Wish>();
  const act = async ({ vm, action }: Wish) => mergeVm(cache, await actOnVm(vm.id, action));
  const atOnce = useMutation({ mutationFn: act });

  const ask = (vm: Vm, action: VmAction) => {
    atOnce.reset();
    if (ACTION[action].loses) setAsked({ vm, action });
    else atOnce.mutate({ vm, action });
  };

  const shown = (
    <>
      {asked && (
        <Confirm
          title={`${ACTION[asked.action].label} ${asked.vm.name}?`}
          verb={ACTION[asked.action].label}
          cancel="Let it run"
          act={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <Content component="p">{ACTION[asked.action].loses}</Content>
        </Confirm>
      )}
      {atOnce.isError && (
        <Refused wish={atOnce.variables} error={atOnce.error} onClose={() => atOnce.reset()} />
      )}
    </>
  );
  return { ask, shown };
}

function Refused({ wish, error, onClose }: { wish: Wish; error: Error; onClose: () => void }) {
  const { label } = ACTION[wish.action];
  return (
    <AlertGroup isToast isLiveRegion>
      <Alert
        variant="danger"
        component="p"
        title={`${label} ${wish.vm.name}: ${error instanceof Problem ? error.title : 'that did not work'}`}
        actionClose={<AlertActionCloseButton onClose={onClose} />}
      >
        {error.message}
      </Alert>
    </AlertGroup>
  );
}

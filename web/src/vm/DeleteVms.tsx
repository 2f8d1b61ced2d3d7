import { Content } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import * as client from '../api/client';
import { mergeVm } from '../api/merge';
import { Problem } from '../api/problem';
import type { Vm } from '../api/types';
import { Confirm } from '../ui/Confirm';

/** Asks, then deletes one VM or several. */
export function DeleteVms({ vms, onClose }: { vms: Vm[]; onClose: () => void }) {
  const cache = useQueryClient();
  const what = vms.length === 1 ? (vms[0]?.name ?? '') : `${vms.length} VMs`;

  const act = async () => {
    const answers = await Promise.allSettled(vms.map(({ id }) => client.deleteVm(id)));
    const failures = answers.flatMap((answer, index) => {
      if (answer.status === 'fulfilled') {
        mergeVm(cache, answer.value);
        return [];
      }
      return [`${vms[index]?.name ?? ''}: ${reason(answer.reason)}`];
    });
    if (failures.length > 0) throw new Error(failures.join('\n'));
  };

  return (
    <Confirm title={`Delete ${what}?`} verb="Delete" act={act} onClose={onClose}>
      {vms.length > 1 && (
        <Content component="ul">
          {vms.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </Content>
      )}
      <Content component="p">
        The guest is shut down and everything on its disk is lost. A job that was submitted for it
        ends with it.
      </Content>
    </Confirm>
  );
}

const reason = (error: unknown): string =>
  error instanceof Problem ? error.message : 'it could not be deleted';

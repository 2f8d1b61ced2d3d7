import { Content } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { actOnLease, type LeaseAction } from '../api/client';
import { keys } from '../api/queries';
import type { Lease } from '../api/types';
import { Confirm } from '../ui/Confirm';

const WORDS: Record<LeaseAction, { verb: string; means: string }> = {
  drain: {
    verb: 'Drain',
    means: 'It takes no new VM. Those on it live on until they end or the lease does.',
  },
  release: {
    verb: 'Release',
    means: 'Its job ends now, and with it every VM on it. What is on their disks is lost.',
  },
};

interface Props {
  lease: Lease;
  action: LeaseAction;
  onClose: () => void;
}

export function LeaseActionDialog({ lease, action, onClose }: Props) {
  const cache = useQueryClient();
  const { verb, means } = WORDS[action];
  const act = async () => {
    await actOnLease(lease.id, action);
    await cache.invalidateQueries({ queryKey: keys.leases });
  };
  const name = lease.jobId ? `the lease of job ${lease.jobId}` : 'this lease';
  return (
    <Confirm title={`${verb} ${name}?`} verb={verb} act={act} onClose={onClose}>
      <Content component="p">{means}</Content>
    </Confirm>
  );
}

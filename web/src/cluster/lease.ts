import type { Lease, LeasePhase } from '../api/types';
import type { Tone } from '../vm/phase';

export const LEASE_PHASE: Record<LeasePhase, { label: string; tone: Tone }> = {
  REQUESTED: { label: 'Requested', tone: 'grey' },
  SUBMITTING: { label: 'Submitting', tone: 'grey' },
  QUEUED: { label: 'In the queue', tone: 'blue' },
  STARTING: { label: 'Starting', tone: 'teal' },
  ACTIVE: { label: 'Active', tone: 'green' },
  DRAINING: { label: 'Draining', tone: 'orange' },
  RELEASING: { label: 'Being released', tone: 'orange' },
  RELEASED: { label: 'Released', tone: 'grey' },
  FAILED: { label: 'Failed', tone: 'red' },
};

/** What an operator should notice about a lease. */
export function flags(lease: Lease): string[] {
  const running = lease.phase === 'ACTIVE' || lease.phase === 'DRAINING';
  return [
    ...(lease.unreachable ? ['unreachable'] : []),
    ...(lease.expiring ? ['ends soon'] : []),
    ...(running && !lease.connected && !lease.unreachable ? ['agent not connected'] : []),
  ];
}

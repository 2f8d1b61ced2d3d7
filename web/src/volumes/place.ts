import type { LaunchPath, VolumePlace } from '../api/types';

/** Which VMs can have a volume, for people. */
export const PLACE: Record<VolumePlace, string> = {
  job: 'scheduled and direct VMs',
  pool: 'static VMs',
};

export const placeOf = (path: LaunchPath): VolumePlace => (path === 'static' ? 'pool' : 'job');

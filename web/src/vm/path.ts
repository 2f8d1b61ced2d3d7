import type { LaunchPath } from '../api/types';

interface Words {
  label: string;
  means: string;
}

export const PATH: Record<LaunchPath, Words> = {
  scheduled: {
    label: 'Scheduled',
    means:
      'Anemone submits a job for you, as you. The VM boots as soon as the scheduler starts that job, and counts like any job of yours.',
  },
  static: {
    label: 'Static',
    means:
      'Boots at once on a node that a pool holds already. No queue, as long as the pool has room.',
  },
  direct: {
    label: 'Direct',
    means: 'You submit the job yourself; the VM runs inside it. For scripts and workflows.',
  },
};

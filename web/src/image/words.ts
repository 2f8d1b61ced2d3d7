import type { Image, ImageRevision } from '../api/types';

export const seenBy = ({ visibility, project }: Image): string => {
  switch (visibility) {
    case 'PUBLIC':
      return 'everybody';
    case 'PROJECT':
      return `project ${project ?? ''}`;
    case 'PRIVATE':
      return 'its owner';
  }
};

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(count: number): string {
  let size = count;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit] ?? ''}`;
}

/** How much of a revision has arrived, in percent; undefined where nobody knows how much there is. */
export function arrived({ files }: ImageRevision): number | undefined {
  const total = files.reduce((sum, file) => sum + (file.bytes ?? Number.NaN), 0);
  const received = files.reduce((sum, file) => sum + file.received, 0);
  return Number.isNaN(total) || total === 0 ? undefined : Math.floor((100 * received) / total);
}

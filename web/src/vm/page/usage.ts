import type { VmUsage } from '../../api/types';

export interface Series {
  title: string;
  /** One value for each measurement; null where it is not known. */
  values: (number | null)[];
  show: (value: number) => string;
}

const KIB = 1024;

export const bytes = (value: number): string => {
  if (value < KIB) return `${Math.round(value)} B`;
  if (value < KIB * KIB) return `${Math.round(value / KIB)} KiB`;
  if (value < KIB * KIB * KIB) return `${Math.round(value / KIB / KIB)} MiB`;
  return `${Math.round((value / KIB / KIB / KIB) * 10) / 10} GiB`;
};

const speed = (value: number): string => `${bytes(value)}/s`;

/** What is known at some time; what never is, is left out rather than shown as nothing. */
export function seriesOf(usages: VmUsage[]): Series[] {
  const series = (
    title: string,
    of: (usage: VmUsage) => number | null,
    show: (value: number) => string,
  ): Series => ({ title, values: usages.map(of), show });
  return [
    series(
      'Processors',
      (u) => u.cpuPercent,
      (value) => `${Math.round(value)} %`,
    ),
    series('Memory on the node', (u) => u.residentBytes, bytes),
    series('Disk, read', (u) => u.diskReadBytesPerSecond, speed),
    series('Disk, written', (u) => u.diskWrittenBytesPerSecond, speed),
    series('Network, received', (u) => u.networkReceivedBytesPerSecond, speed),
    series('Network, sent', (u) => u.networkSentBytesPerSecond, speed),
  ].filter(({ values }) => values.some((value) => value !== null));
}

/** Points of a line in a box of this size, from 0 at the bottom; what is not known is passed over. */
export function points(values: (number | null)[], width: number, height: number): string {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = width / Math.max(1, values.length - 1);
  return values
    .flatMap((value, i) =>
      value === null
        ? []
        : [`${(i * step).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`],
    )
    .join(' ');
}

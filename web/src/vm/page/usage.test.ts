import { describe, expect, it } from 'vitest';
import type { VmUsage } from '../../api/types';
import { consoleEnd } from './consoleEnd';
import { bytes, points, seriesOf } from './usage';

const usage = (part: Partial<VmUsage>): VmUsage => ({
  at: '2026-03-01T12:00:00Z',
  cpuPercent: null,
  residentBytes: null,
  diskReadBytesPerSecond: null,
  diskWrittenBytesPerSecond: null,
  networkReceivedBytesPerSecond: null,
  networkSentBytesPerSecond: null,
  ...part,
});

describe('usage', () => {
  it('whatIsNeverKnown_isLeftOut', () => {
    const titles = seriesOf([usage({ cpuPercent: 0 }), usage({ residentBytes: 5 })]).map(
      ({ title }) => title,
    );
    expect(titles).toEqual(['Processors', 'Memory on the node']);
  });

  it('noMeasurements_haveNoSeries', () => expect(seriesOf([])).toEqual([]));

  it('line_startsAtTheBottomAndPassesOverWhatIsNotKnown', () =>
    expect(points([0, null, 10], 100, 20)).toBe('0.0,20.0 100.0,0.0'));

  it.each<[number, string]>([
    [12, '12 B'],
    [2048, '2 KiB'],
    [3 << 20, '3 MiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
  ])('%d_is_%s', (value, text) => expect(bytes(value)).toBe(text));
});

describe('consoleEnd', () => {
  it('longLog_isCutToItsLastLinesThatSaySomething', () => {
    const log = Array.from({ length: 40 }, (_, i) => `line ${i}\r\n\n`).join('');
    expect(consoleEnd(log).split('\n')).toHaveLength(15);
    expect(consoleEnd(log)).toMatch(/line 39$/);
  });
});

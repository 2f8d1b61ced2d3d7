import { expect, it } from 'vitest';
import { aVm } from '../../../test/fake/samples';
import { matches, readFilter, writeFilter } from './filter';

const filter = (query: string) => readFilter(new URLSearchParams(query));

it('noFilter_showsWhatIsActive', () => {
  expect(matches(aVm({ phase: 'READY' }), filter(''))).toBe(true);
  expect(matches(aVm({ phase: 'STOPPED' }), filter(''))).toBe(false);
});

it.each([
  ['phase=READY&phase=BOOTING', true],
  ['phase=QUEUED', false],
  ['path=direct', true],
  ['path=static', false],
  ['owner=batch', true],
  ['owner=researcher', false],
  ['q=N7', true],
  ['q=4711', true],
  ['q=other', false],
  ['state=over', false],
  ['state=nonsense', true],
])('%s_matches_%s', (query, expected) => {
  const lease = {
    id: 'l',
    phase: 'ACTIVE' as const,
    jobId: '4711',
    node: 'n7',
    startedAt: null,
    endsAt: null,
  };
  const vm = aVm({ phase: 'READY', path: 'direct', owner: 'batch', lease });
  expect(matches(vm, filter(query))).toBe(expected);
});

it('address_holdsTheWholeFilter', () => {
  const query = 'state=all&phase=READY&path=direct&owner=batch&q=reef';
  expect(writeFilter(filter(query)).toString()).toBe(query);
});

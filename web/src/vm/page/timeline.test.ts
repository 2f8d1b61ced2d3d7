import { expect, it } from 'vitest';
import { at, aVm } from '../../../test/fake/samples';
import type { HistoryEvent } from '../../api/types';
import { timeline } from './timeline';

const placed = (seconds: number): HistoryEvent => ({
  id: 1,
  at: at(seconds),
  kind: 'vm',
  from: 'QUEUED',
  to: 'PLACED',
  note: '',
});

it('readyByTheScheduledPath_tellsWhatEachStepTook', () => {
  const vm = aVm({
    phase: 'READY',
    queuedAt: at(0.5),
    jobStartedAt: at(1.5),
    startedAt: at(4),
    readyAt: at(6),
  });

  const steps = timeline(vm, [placed(2.5)]);

  expect(steps.map(({ title, took }) => [title, took])).toEqual([
    ['Requested', undefined],
    ['In the queue', 0.5],
    ['Job started', 1],
    ['Placed on node', 1],
    ['Domain runs', 1.5],
    ['Ready', 2],
  ]);
  expect(steps.every(({ state }) => state === 'done')).toBe(true);
});

it('stillInTheQueue_theJobIsUnderWay', () => {
  const steps = timeline(aVm({ phase: 'QUEUED', queuedAt: at(1) }), []);
  expect(steps.map(({ state }) => state)).toEqual([
    'done',
    'done',
    'current',
    'waiting',
    'waiting',
    'waiting',
  ]);
});

it('failedBeforeItsDomainRan_thatStepFailed', () => {
  const vm = aVm({ path: 'static', phase: 'FAILED' });
  const steps = timeline(vm, [placed(1)]);
  expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'skipped']);
});

it('direct_beginsWithTheJobThatTheUserSubmitted', () => {
  const vm = aVm({ path: 'direct', jobStartedAt: at(-2), phase: 'PLACED' });
  expect(timeline(vm, [])[0]).toMatchObject({ title: 'Job started', state: 'done' });
  expect(timeline(vm, [])[1]).toMatchObject({ title: 'Registered', took: 2 });
});

it('clocksThatDisagree_neverGiveNegativeDurations', () => {
  const steps = timeline(aVm({ queuedAt: at(5), jobStartedAt: at(3), phase: 'QUEUED' }), []);
  expect(steps[2]?.took).toBe(0);
});

it('imageThatComesToTheNode_isToldOfWhereTheVmIs', () => {
  const message = 'The image is copied to the node: 50 of 200 MiB (25 %).';
  const vm = aVm({ phase: 'PREPARING', queuedAt: at(1), jobStartedAt: at(2), message });

  const steps = timeline(vm, [placed(3)]);

  expect(steps.map(({ says }) => says)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    message,
    undefined,
  ]);
});

it('resumed_tellsOfItsWayBack', () => {
  const vm = aVm({
    phase: 'READY',
    attempt: 2,
    queuedAt: at(1000.5),
    jobStartedAt: at(1001.5),
    startedAt: at(1004),
    readyAt: at(1006),
  });
  const resumed: HistoryEvent = {
    ...placed(1000),
    from: 'SUSPENDED',
    to: 'PENDING',
  };

  const steps = timeline(vm, [placed(2.5), resumed, placed(1002.5)]);

  expect(steps[0]).toMatchObject({ title: 'Resumed', at: at(1000) });
  expect(steps.map(({ took }) => took)).toEqual([undefined, 0.5, 1, 1, 1.5, 2]);
});

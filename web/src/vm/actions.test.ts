import { expect, it } from 'vitest';
import { aVm } from '../../test/fake/samples';
import { PHASES } from '../api/types';
import { actionsFor } from './actions';

it('wantedToRun_canBeSuspendedOnceItHasANode_andAskedThingsOnceItRuns', () => {
  const offered = PHASES.map((phase) => [phase, actionsFor(aVm({ phase })).join(' ')]);

  expect(Object.fromEntries(offered)).toEqual({
    PENDING: '',
    QUEUED: '',
    PLACED: 'suspend',
    PREPARING: 'suspend',
    BOOTING: 'suspend',
    RUNNING: 'suspend reboot shutdown',
    READY: 'suspend reboot shutdown',
    SUSPENDING: 'suspend',
    SUSPENDED: 'suspend',
    STOPPING: '',
    STOPPED: '',
    FAILED: '',
  });
});

it('suspended_canBeResumed', () => {
  const vm = aVm({ phase: 'SUSPENDED', goal: 'SUSPEND', suspendedAt: aVm().createdAt });
  expect(actionsFor(vm)).toEqual(['resume']);
});

it('resumedButNotRunningYet_canBeKeptSuspended', () => {
  const vm = aVm({ phase: 'QUEUED', suspendedAt: aVm().createdAt });
  expect(actionsFor(vm)).toEqual(['suspend']);
});

it('direct_cannotBeSuspended', () => {
  expect(actionsFor(aVm({ path: 'direct', phase: 'READY' }))).toEqual(['reboot', 'shutdown']);
});

it('beingEnded_cannotBeAskedAnything', () => {
  expect(actionsFor(aVm({ phase: 'READY', goal: 'TERMINATE' }))).toEqual([]);
});

import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../../test/harness';
import { aVm } from '../../../test/fake/samples';

it('ready_tellsHowToLogInAndShowsTheConsole', async () => {
  const vm = aVm({ phase: 'BOOTING' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  site.advance(vm.id);
  site.advance(vm.id);
  show();

  expect(await screen.findByText('ssh -p 22001 root@10.77.0.11')).toBeVisible();
  expect(await screen.findByText(/anemone-micro ready/)).toBeVisible();
  expect(await screen.findByText('BOOTING → RUNNING')).toBeVisible();
});

it('over_saysWhyInPlainWords', async () => {
  const vm = aVm({ phase: 'STOPPED', reason: 'WALLTIME', message: 'Job 41 reached its limit.' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  expect(await screen.findByText('Its time was used up', { exact: false })).toBeVisible();
  expect(screen.getByText('Job 41 reached its limit.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
});

it('somebodyElses_isNotThere', async () => {
  const vm = aVm({ owner: 'batch' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();
  expect(await screen.findByRole('heading', { name: 'There is no such VM' })).toBeVisible();
});

it('hostileConsoleText_staysText', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  site.consoles.set(vm.id, '<img src=x onerror=alert(1)>');
  show();

  const log = await screen.findByRole('log');
  expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBe(log);
});

it('late_saysWhatIsMissingWithTheEndOfItsConsole_once', async () => {
  const vm = aVm({
    phase: 'RUNNING',
    warnings: ['not ready after 60 s: its ssh server has not answered; look at its console log'],
    readiness: {
      kind: 'SSH',
      timeoutSeconds: 60,
      pattern: null,
      onTimeout: 'TELL',
      late: true,
      missing: 'its ssh server has not answered',
    },
  });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  site.consoles.set(vm.id, 'Kernel panic - not syncing: no init found');
  show();

  expect(
    await screen.findByText('Not ready after 60 s: its ssh server has not answered'),
  ).toBeVisible();
  expect(await screen.findByLabelText('End of its console')).toHaveTextContent('Kernel panic');
  expect(screen.queryByText(/look at its console log/)).not.toBeInTheDocument();
});

it('ready_showsWhatItUsesAndLeavesOutWhatIsNotKnown', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  expect(await screen.findByRole('img', { name: /^Processors: now \d+ %/ })).toBeVisible();
  expect(screen.queryByText('Network, received')).not.toBeInTheDocument();
});

it('suspendedAndResumed_saysSo_withoutAQuestion', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, api, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', { name: 'Actions' }));
  await user.click(await screen.findByRole('menuitem', { name: /^Suspend/ }));
  expect(await screen.findByText('Suspending')).toBeVisible();
  site.advance(vm.id);
  expect(await screen.findByText('Suspended')).toBeVisible();

  await user.click(await screen.findByRole('button', { name: 'Resume' }));
  expect(await screen.findByText(/Resuming\./)).toBeVisible();
  expect(api.changes).toEqual([
    `POST /vms/${vm.id}/actions/suspend`,
    `POST /vms/${vm.id}/actions/resume`,
  ]);
});

it('shutDown_asksFirst', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, api, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', { name: 'Actions' }));
  await user.click(await screen.findByRole('menuitem', { name: /^Shut down/ }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('everything on its disk is lost');
  expect(api.changes).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Shut down' }));

  expect(await screen.findByText('Stopping')).toBeVisible();
});

it('suspendRefused_saysWhy', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, api, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', { name: 'Actions' }));
  api.refusesNextChange({ status: 409, code: 'WRONG_PHASE', detail: 'The VM is being ended.' });
  await user.click(await screen.findByRole('menuitem', { name: /^Suspend/ }));

  expect(await screen.findByText('The VM is being ended.')).toBeVisible();
  expect(screen.getByText(/Suspend reef-1: WRONG_PHASE/)).toBeVisible();
});

it('reboot_asksFirst_andIsShownUntilItIsDone', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', { name: 'Actions' }));
  await user.click(await screen.findByRole('menuitem', { name: /^Reboot/ }));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Reboot' }),
  );
  expect(await screen.findByText('Rebooting')).toBeVisible();

  site.put({ ...vm, rebooting: false });
  expect(await screen.findByText('Ready')).toBeVisible();
});

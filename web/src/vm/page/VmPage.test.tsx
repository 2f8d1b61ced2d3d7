import { screen } from '@testing-library/react';
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

import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../../test/harness';
import { aVm } from '../../../test/fake/samples';

it('noVms_explainsHowToGetOne', async () => {
  open('/vms', 'researcher').show();
  expect(await screen.findByRole('heading', { name: 'No virtual machines yet' })).toBeVisible();
  expect(screen.getAllByRole('link', { name: 'Launch a VM' })[0]).toHaveAttribute(
    'href',
    '/vms/launch',
  );
});

it('changeElsewhere_showsByItself', async () => {
  const { site, show } = open('/vms', 'researcher');
  const vm = site.add(aVm({ phase: 'RUNNING' }));
  show();
  expect(await screen.findByText('Running')).toBeVisible();

  site.advance(vm.id);

  expect(await screen.findByText('Ready')).toBeVisible();
});

it('olderVersionAfterANewerOne_changesNothing', async () => {
  const { site, show } = open('/vms', 'researcher');
  const vm = site.add(aVm({ phase: 'READY', version: 7 }));
  show();
  await screen.findByText('Ready');

  site.put({ ...vm, phase: 'READY', name: 'newer' });
  await screen.findByText('newer');
  site.vms[0] = { ...vm, version: 1 };
  site.put({ ...vm, name: 'older' });
  site.add(aVm({ id: 'other', name: 'after-it' }));

  await screen.findByText('after-it');
  expect(screen.queryByText('older')).not.toBeInTheDocument();
});

it('severalChosen_areDeletedTogetherAfterAQuestion', async () => {
  const { site, api, user, show } = open('/vms', 'researcher');
  site.add(aVm({ id: 'a', name: 'reef-a', phase: 'READY' }));
  site.add(aVm({ id: 'b', name: 'reef-b', phase: 'READY' }));
  show();
  await screen.findByText('reef-a');

  await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  await user.click(screen.getByRole('button', { name: 'Delete 2' }));
  const dialog = await screen.findByRole('dialog');
  expect(api.changes).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));

  await waitFor(() => expect(api.changes.sort()).toEqual(['DELETE /vms/a', 'DELETE /vms/b']));
  expect(await screen.findAllByText('Stopping')).toHaveLength(2);
});

it('deleteRefused_saysWhyAndWhich', async () => {
  const { site, api, user, show } = open('/vms', 'researcher');
  site.add(aVm({ name: 'reef-1', phase: 'READY' }));
  api.refusesNextChange({ status: 503, code: 'DATABASE_UNAVAILABLE', detail: 'Try again soon.' });
  show();
  await screen.findByText('reef-1');

  await user.click(screen.getByRole('checkbox', { name: 'Select row 0' }));
  await user.click(screen.getByRole('button', { name: 'Delete 1' }));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }),
  );

  expect(await screen.findByText('reef-1: Try again soon.')).toBeVisible();
});

it('menuOfARow_offersWhatItsVmAllows', async () => {
  const { site, api, user, show } = open('/vms', 'researcher');
  site.add(aVm({ id: 'a', name: 'reef-a', phase: 'READY' }));
  site.add(aVm({ id: 'b', name: 'reef-b', phase: 'READY', path: 'direct' }));
  show();

  const menuOf = async (name: string) => {
    const row = (await screen.findByRole('link', { name })).closest('tr') as HTMLElement;
    await user.click(within(row).getByRole('button', { name: 'Kebab toggle' }));
  };
  await menuOf('reef-b');
  expect(await screen.findByRole('menuitem', { name: 'Reboot' })).toBeVisible();
  expect(screen.queryByRole('menuitem', { name: 'Suspend' })).not.toBeInTheDocument();
  await user.keyboard('{Escape}');

  await menuOf('reef-a');
  await user.click(await screen.findByRole('menuitem', { name: 'Suspend' }));

  await waitFor(() => expect(api.changes).toEqual(['POST /vms/a/actions/suspend']));
  expect(await screen.findByText('Suspending')).toBeVisible();
});

import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../../test/harness';
import { aVm } from '../../../test/fake/samples';

const BUTTON = { name: 'Save as image…' };

it('running_isSavedUnderANameAndLeadsToTheImages', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, api, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', BUTTON));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText(/Image’s name/), 'Not A Name');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText(/At most 63 lower-case letters/)).toBeVisible();
  expect(api.changes).not.toContain(`POST /vms/${vm.id}/image`);

  await user.clear(dialog.getByLabelText(/Image’s name/));
  await user.type(dialog.getByLabelText(/Image’s name/), 'solver');
  await user.click(dialog.getByRole('button', { name: 'Save' }));

  expect(await dialog.findByText(/It is being saved as researcher\/solver@1/)).toBeVisible();
  expect(dialog.getByRole('link', { name: 'images' })).toHaveAttribute('href', '/images');
});

it('refused_saysWhy', async () => {
  const vm = aVm({ phase: 'READY' });
  const { site, api, user, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  await user.click(await screen.findByRole('button', BUTTON));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText(/Image’s name/), 'solver');
  api.refusesNextChange({ status: 409, code: 'NOTHING_TO_SAVE', detail: 'It has no disk.' });
  await user.click(dialog.getByRole('button', { name: 'Save' }));

  expect(await dialog.findByText('It has no disk.')).toBeVisible();
});

it('doesNotRun_cannotBeSaved', async () => {
  const vm = aVm({ phase: 'BOOTING' });
  const { site, show } = open(`/vms/${vm.id}`, 'researcher');
  site.add(vm);
  show();

  expect(await screen.findByRole('button', { name: 'Delete' })).toBeVisible();
  expect(screen.queryByRole('button', BUTTON)).not.toBeInTheDocument();
});

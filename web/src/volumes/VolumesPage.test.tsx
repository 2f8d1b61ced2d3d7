import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { aVolume } from '../../test/fake/samples';
import { open } from '../../test/harness';

const HELD = aVolume({
  name: 'busy',
  state: 'HELD',
  heldBy: {
    vm: '11111111-0000-4000-8000-000000000001',
    name: 'reef-1',
    phase: 'READY',
    attempt: 1,
  },
});

it('newVolume_isInTheList', async () => {
  const { api, user, show } = open('/volumes', 'researcher');
  show();

  await user.click(await screen.findByRole('button', { name: 'Make a volume' }));
  await user.click(await screen.findByRole('button', { name: 'Make' }));
  expect(await screen.findByText(/At most 20 lower-case letters/)).toBeVisible();
  await user.type(screen.getByLabelText(/name/), 'tides');
  await user.click(screen.getByRole('button', { name: 'Make' }));

  expect(await screen.findByText('tides')).toBeVisible();
  expect(screen.getByText('10 GiB')).toBeVisible();
  expect(api.changes).toEqual(['POST /volumes']);
});

it('heldVolume_namesItsVmAndCannotBeDeleted', async () => {
  const { site, show } = open('/volumes', 'researcher');
  site.volumes = [HELD];
  show();

  expect(await screen.findByRole('link', { name: 'reef-1' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Delete volume busy' })).toBeDisabled();
});

it('freeVolume_isDeletedAfterAQuestion', async () => {
  const { site, api, user, show } = open('/volumes', 'researcher');
  site.volumes = [aVolume()];
  show();

  await user.click(await screen.findByRole('button', { name: 'Delete volume results' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Delete' }));

  await waitFor(() => expect(screen.queryByText('results')).not.toBeInTheDocument());
  expect(api.changes).toEqual([`DELETE /volumes/${aVolume().id}`]);
});

it('launchForm_offersOnesOwnFreeVolumesOfThePath', async () => {
  const { site, user, show } = open('/vms/launch', 'researcher');
  site.volumes = [aVolume(), HELD, aVolume({ name: 'pooled', place: 'pool' })];
  show();

  await user.click(await screen.findByRole('button', { name: /^Disks/ }));

  expect(await screen.findByLabelText(/^results/)).toBeEnabled();
  expect(screen.getByLabelText(/^busy/)).toBeDisabled();
  expect(screen.queryByLabelText(/^pooled/)).not.toBeInTheDocument();
});

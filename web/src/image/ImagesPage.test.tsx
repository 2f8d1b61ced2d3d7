import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../test/harness';
import { ownImage } from '../../test/fake/samples';

it('siteImages_areListedAndCannotBeChanged', async () => {
  open('/images', 'researcher').show();

  expect(await screen.findByText('debian-12')).toBeVisible();
  expect(screen.getAllByText('everybody')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: /Share|Kebab/ })).not.toBeInTheDocument();
});

it('olderRevision_isMadeCurrentAfterAQuestion', async () => {
  const { site, api, user, show } = open('/images', 'researcher');
  site.images = [ownImage()];
  show();

  const revisions = await screen.findByRole('grid', { name: 'Revisions of researcher/solver' });
  expect(within(revisions).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
  const oldest = within(revisions).getByRole('row', { name: /solver@1/ });
  await user.click(within(oldest).getByRole('button', { name: 'Kebab toggle' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Make current' }));
  expect(api.changes).toEqual([]);
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Make current' }),
  );

  await waitFor(() =>
    expect(api.changes).toEqual(['POST /images/solver/revisions/1/actions/make-current']),
  );
});

it('sharing_isRefusedWithTheReason', async () => {
  const { site, api, user, show } = open('/images', 'researcher');
  site.images = [ownImage()];
  show();

  await user.click(await screen.findByRole('button', { name: 'Share researcher/solver' }));
  await user.click(screen.getByRole('radio', { name: 'Everybody' }));
  api.refusesNextChange({
    status: 403,
    code: 'FORBIDDEN',
    detail: 'Images are made public by operators.',
  });
  await user.click(screen.getByRole('button', { name: 'Save' }));

  expect(await screen.findByText(/made public by operators/)).toBeVisible();
});

it('upload_goesUpInPieces_andTheImageCanBeBooted', async () => {
  const { site, api, user, show } = open('/images', 'researcher');
  show();
  await user.click(await screen.findByRole('button', { name: 'Upload an image' }));
  await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'solver');
  await user.type(screen.getByRole('textbox', { name: /^Log in as/ }), 'debian');
  await user.upload(
    screen.getByLabelText('Disk'),
    new File([new Blob([new Uint8Array((4 << 20) + 512)])], 'disk.qcow2'),
  );
  await user.click(screen.getByRole('button', { name: 'Upload' }));

  await waitFor(() => expect(site.images.at(-1)?.current).toBe(1));
  const file = '/images/solver/revisions/1/files/disk';
  expect(api.changes).toEqual(['POST /images', `PATCH ${file}`, `PATCH ${file}`]);
  expect(await screen.findByText('researcher/solver@1')).toBeVisible();
});

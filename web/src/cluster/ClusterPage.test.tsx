import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../test/harness';
import { aLease, aNode } from '../../test/fake/samples';

it('operator_enlargesAPool', async () => {
  const { site, user, show } = open('/cluster', 'operator');
  show();

  await user.click(await screen.findByRole('button', { name: 'Change pool default' }));
  await user.click(await screen.findByRole('button', { name: 'One more' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));

  expect(await screen.findByText('1 of 2 wanted')).toBeVisible();
  expect(site.pools[0]?.leases).toBe(2);
});

it('operator_drainsALeaseAfterAQuestion', async () => {
  const { site, api, user, show } = open('/cluster', 'operator');
  site.leases = [aLease({ unreachable: true })];
  show();
  expect(await screen.findByText('unreachable')).toBeVisible();

  const leases = screen.getByRole('grid', { name: 'Leases' });
  await user.click(within(leases).getByRole('button', { name: 'Kebab toggle' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Drain' }));
  expect(api.changes).toEqual([]);
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Drain' }),
  );

  await waitFor(() => expect(api.changes).toEqual([`POST /leases/${aLease().id}/actions/drain`]));
  expect(await screen.findByText('Draining')).toBeVisible();
});

it('nodeWhoseStartsFailed_isShownResting', async () => {
  const { site, show } = open('/cluster', 'researcher');
  const until = new Date(Date.now() + 90_000).toISOString();
  site.nodes = [aNode({ rest: { failures: 3, last: 'HYPERVISOR_FAILED', until } })];
  show();

  expect(await screen.findByText('resting')).toBeVisible();
  expect(screen.getByText(/3 starts failed, last: HYPERVISOR_FAILED/)).toBeVisible();
});

it('user_seesNodesAndCanChangeNothing', async () => {
  const { site, show } = open('/cluster', 'researcher');
  site.leases = [aLease()];
  show();

  expect(await screen.findByText('41')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Change pool|Kebab/ })).not.toBeInTheDocument();
});

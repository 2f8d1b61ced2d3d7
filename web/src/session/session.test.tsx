import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../test/harness';
import { aVm } from '../../test/fake/samples';

const address = () => screen.getByTestId('address').textContent;

it('nobodyLoggedIn_logsInAndComesBack', async () => {
  const { user, show } = open('/cluster');
  show();

  await user.type(await screen.findByLabelText('User name'), 'operator');
  await user.type(screen.getByLabelText('Password'), 'tide');
  await user.click(screen.getByRole('button', { name: 'Log in' }));

  expect(await screen.findByRole('heading', { name: 'Nodes and leases' })).toBeVisible();
  expect(address()).toBe('/cluster');
});

it('wrongPassword_saysSoAndStays', async () => {
  const { user, show } = open('/login');
  show();

  await user.type(await screen.findByLabelText('User name'), 'operator');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Log in' }));

  expect(await screen.findByText('The name or the password is wrong.')).toBeVisible();
  expect(screen.getByLabelText('User name')).toHaveValue('operator');
});

it('sessionOver_asksToLogInAgain', async () => {
  const { site, user, show } = open('/vms', 'researcher');
  site.add(aVm({ name: 'reef-1', phase: 'READY' }));
  show();
  await screen.findByText('reef-1');
  site.endSessions();

  await user.click(screen.getByRole('link', { name: 'Nodes and leases' }));

  expect(await screen.findByLabelText('Password')).toBeVisible();
  expect(address()).toBe('/login?next=%2Fcluster');
});

it('loggedOut_nothingIsLeftToSee', async () => {
  const { site, user, show } = open('/vms', 'researcher');
  site.add(aVm({ name: 'reef-1', phase: 'READY' }));
  show();
  await screen.findByText('reef-1');

  await user.click(screen.getByRole('button', { name: 'Account: researcher' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Log out' }));

  await waitFor(() => expect(screen.queryByText('reef-1')).not.toBeInTheDocument());
  expect(await screen.findByLabelText('Password')).toBeVisible();
});

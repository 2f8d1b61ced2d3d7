import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { open } from '../../../test/harness';

const launch = () => screen.findByRole('button', { name: 'Launch' });

it('doubleClick_makesOneVm', async () => {
  const { site, user, show } = open('/vms/launch', 'researcher');
  show();

  await user.dblClick(await launch());

  expect(await screen.findByRole('heading', { name: 'History' })).toBeVisible();
  expect(site.vms).toHaveLength(1);
});

it('lostAnswerThenAgain_makesOneVm', async () => {
  const { site, api, user, show } = open('/vms/launch', 'researcher');
  api.losesNextAnswer();
  show();

  await user.click(await launch());
  expect(await screen.findByText('The orchestrator does not answer')).toBeVisible();
  await user.click(await launch());

  expect(await screen.findByRole('heading', { name: 'History' })).toBeVisible();
  expect(api.changes).toEqual(['POST /vms', 'POST /vms']);
  expect(site.vms).toHaveLength(1);
});

it('serverRefusesAField_saysSoThereAndPutsTheFocusThere', async () => {
  const { api, user, show } = open('/vms/launch', 'researcher');
  api.refusesNextChange({
    status: 422,
    code: 'WALLTIME_TOO_LONG',
    field: 'walltime',
    detail: 'At most 1 h in the partition short.',
  });
  show();

  await user.click(await launch());

  expect(await screen.findByText('At most 1 h in the partition short.')).toBeVisible();
  const walltime = screen.getByLabelText(/^Walltime/);
  expect(walltime).toBeInvalid();
  await waitFor(() => expect(walltime).toHaveFocus());
});

it('wrongName_isNotEvenSent', async () => {
  const { api, user, show } = open('/vms/launch', 'researcher');
  show();

  const name = await screen.findByLabelText(/^Name/);
  await user.clear(name);
  await user.type(name, 'No_Good');
  await user.click(await launch());

  expect(await screen.findByText(/Lower-case letters, digits and hyphens/)).toBeVisible();
  expect(api.changes).toEqual([]);
});

it('keysKept_onlyWhenTheUserAgrees', async () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ada@laptop';
  const { user, show } = open('/vms/launch', 'researcher');
  show();

  await user.click(await screen.findByLabelText(/Keep them in this browser/));
  await user.click(screen.getByRole('textbox', { name: 'SSH public keys' }));
  await user.paste(key);
  await user.click(await launch());

  await screen.findByRole('heading', { name: 'History' });
  expect(localStorage.getItem('anemone.sshKeys')).toBe(key);
});

it('sessionOverWhileTyping_theDraftIsThereAfterLoggingIn', async () => {
  const { site, user, show } = open('/vms/launch', 'researcher');
  show();
  const name = await screen.findByLabelText(/^Name/);
  await user.clear(name);
  await user.type(name, 'precious');
  site.endSessions();

  await user.click(await launch());
  await user.type(await screen.findByLabelText('User name'), 'researcher');
  await user.type(screen.getByLabelText('Password'), 'reef');
  await user.click(screen.getByRole('button', { name: 'Log in' }));

  expect(await screen.findByLabelText(/^Name/)).toHaveValue('precious');
});

it('direct_showsAJobScriptAndNoButtonToLaunch', async () => {
  const { user, show } = open('/vms/launch', 'researcher');
  show();

  await user.click(await screen.findByRole('radio', { name: 'Direct' }));

  expect(screen.getByRole('region', { name: 'job script' })).toHaveTextContent('anemone-agent run');
  expect(screen.queryByRole('button', { name: 'Launch' })).not.toBeInTheDocument();
});

import { expect, it } from 'vitest';
import { sshCommand } from './ssh';

it('accountThatTheKeysAreFor_isLoggedInAs', () => {
  const ssh = { host: 'n1', port: 40022, user: 'debian' };

  expect(sshCommand({ ssh })).toBe('ssh -p 40022 debian@n1');
});

it('accountThatIsNotKnown_isLeftToSsh', () => {
  const ssh = { host: 'n1', port: 40022, user: null };

  expect(sshCommand({ ssh })).toBe('ssh -p 40022 n1');
});

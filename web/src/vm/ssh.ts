import type { Vm } from '../api/types';

/** The command that logs in, or undefined while there is nothing to log in to. */
export const sshCommand = ({ ssh }: Pick<Vm, 'ssh'>): string | undefined =>
  ssh ? `ssh -p ${ssh.port} ${ssh.user ? `${ssh.user}@` : ''}${ssh.host}` : undefined;

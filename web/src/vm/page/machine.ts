import type { Hardware, Network } from '../../api/types';

/** The machine in a few words; null when it is the usual one. */
export function hardwareWords(hardware: Hardware): string | null {
  const words = [
    hardware.firmware === 'uefi' && 'UEFI',
    hardware.tpm && 'TPM',
    hardware.hugePages && 'huge pages',
    hardware.wholeNode && 'whole node',
    hardware.cpuPercent < 100 && `${hardware.cpuPercent} % of a core for each vCPU`,
  ].filter(Boolean);
  return words.length ? words.join(', ') : null;
}

export function networkWords({ bridge, isolated }: Network): string | null {
  if (bridge) return `bridge ${bridge}`;
  return isolated ? 'isolated: no connection to the outside' : null;
}

/** `80 at 10.1.0.7:22017`, one for each published port. */
export const portWords = ({ ports }: Network): string[] =>
  ports.map(({ guest, host, port }) => (port ? `${guest} at ${host}:${port}` : `${guest}`));

import { expect, it } from 'vitest';
import type { Hardware, Network } from '../../api/types';
import { hardwareWords, networkWords, portWords } from './machine';

const PLAIN: Hardware = {
  firmware: 'bios',
  tpm: false,
  hugePages: false,
  wholeNode: false,
  cpuPercent: 100,
};
const OPEN: Network = { bridge: null, isolated: false, ports: [] };

it('usualMachine_isNotWorthAWord', () => {
  expect(hardwareWords(PLAIN)).toBeNull();
  expect(networkWords(OPEN)).toBeNull();
  expect(portWords(OPEN)).toEqual([]);
});

it('unusualMachine_isSaid', () => {
  const all: Hardware = {
    firmware: 'uefi',
    tpm: true,
    hugePages: true,
    wholeNode: true,
    cpuPercent: 25,
  };
  expect(hardwareWords(all)).toBe(
    'UEFI, TPM, huge pages, whole node, 25 % of a core for each vCPU',
  );
  expect(networkWords({ ...OPEN, isolated: true })).toContain('isolated');
  expect(networkWords({ ...OPEN, bridge: 'br0' })).toBe('bridge br0');
});

it('ports_areShownWithWhereTheyAreReached', () => {
  const ports = [
    { guest: 80, host: '10.1.0.7', port: 22017 },
    { guest: 443, host: null, port: null },
  ];
  expect(portWords({ ...OPEN, ports })).toEqual(['80 at 10.1.0.7:22017', '443']);
});

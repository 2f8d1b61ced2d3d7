import type { Flavor, Image, LaunchPath } from '../../api/types';

/** What the form holds: text as it was typed. */
export interface Draft {
  path: LaunchPath;
  name: string;
  image: string;
  /** Empty for a size of one's own. */
  flavor: string;
  vcpus: string;
  memoryMiB: string;
  walltime: string;
  partition: string;
  pool: string;
  project: string;
  /** OpenSSH public keys, one a line. */
  sshKeys: string;
  /** TCP ports of the guest to publish, with commas or spaces between. */
  ports: string;
  /** `key=value`, one a line. */
  labels: string;
  userData: string;
  /** Empty: as the image says. */
  readiness: string;
  readyText: string;
  readyWithin: string;
  /** `fail`, or empty for an image's own. */
  readyOrFail: string;
  /** GiB. */
  rootGiB: string;
  /** GiB, separated by commas. */
  scratchGiB: string;
  /** Names, one a line. */
  volumes: string;
  /** `directory=tag` or `directory=tag:ro`, one a line. */
  shares: string;
}

export type Field = keyof Draft;

export const FIELDS: readonly Field[] = [
  'path',
  'name',
  'image',
  'flavor',
  'vcpus',
  'memoryMiB',
  'walltime',
  'partition',
  'pool',
  'project',
  'sshKeys',
  'ports',
  'labels',
  'userData',
  'readiness',
  'readyText',
  'readyWithin',
  'readyOrFail',
  'rootGiB',
  'scratchGiB',
  'volumes',
  'shares',
];

const WORDS = [
  'reef',
  'kelp',
  'coral',
  'tide',
  'lagoon',
  'pearl',
  'wave',
  'shoal',
  'cove',
  'atoll',
];

export function suggestName(random = Math.random): string {
  const word = WORDS[Math.floor(random() * WORDS.length)] ?? 'reef';
  return `${word}-${100 + Math.floor(random() * 900)}`;
}

export const newDraft = (sshKeys: string): Draft => ({
  path: 'scheduled',
  name: suggestName(),
  image: '',
  flavor: '',
  vcpus: '',
  memoryMiB: '',
  walltime: '1 h',
  partition: '',
  pool: 'default',
  project: '',
  sshKeys,
  ports: '',
  labels: '',
  userData: '',
  readiness: '',
  readyText: '',
  readyWithin: '',
  readyOrFail: '',
  rootGiB: '',
  scratchGiB: '',
  volumes: '',
  shares: '',
});

const smallest = (flavors: Flavor[], image: Image): Flavor | undefined =>
  flavors
    .filter(({ memoryMiB }) => memoryMiB >= image.minMemoryMiB)
    .sort((a, b) => a.memoryMiB - b.memoryMiB)[0];

/** Takes an image, and with it a size that it can live with when the chosen one is too small. */
export function withImage(draft: Draft, image: Image, flavors: Flavor[]): Draft {
  const chosen = flavors.find(({ name }) => name === draft.flavor);
  const memory = chosen?.memoryMiB ?? Number(draft.memoryMiB);
  if (memory >= image.minMemoryMiB) return { ...draft, image: image.name };
  return { ...draft, image: image.name, flavor: smallest(flavors, image)?.name ?? '' };
}

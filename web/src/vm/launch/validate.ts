import { parseHuman } from '../../time/duration';
import type { Draft, Field } from './draft';

export type Errors = Partial<Record<Field, string>>;

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;
const PUBLIC_KEY = /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-\S+) [A-Za-z0-9+/]+=*( .*)?$/;

export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export const sizes = (text: string): string[] =>
  text
    .split(',')
    .map((size) => size.trim())
    .filter(Boolean);

/** The numbers in a list; NaN for what is none. */
export const portsOf = (text: string): number[] =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => (/^\d+$/.test(word) ? Number(word) : NaN));

/** What can be seen to be wrong before asking; the server has the last word on everything. */
export function validate(draft: Draft): Errors {
  const errors: Errors = {};
  if (!NAME.test(draft.name)) {
    errors.name = 'Lower-case letters, digits and hyphens, at most 63, no hyphen at either end.';
  }
  if (!draft.image) errors.image = 'Choose an image.';
  if (!draft.flavor) Object.assign(errors, ownSize(draft));
  const walltime = sayWalltime(draft);
  if (walltime) errors.walltime = walltime;
  const keys = sayKeys(draft.sshKeys);
  if (keys) errors.sshKeys = keys;
  if (!portsOf(draft.ports).every((port) => port >= 1 && port <= 65535)) {
    errors.ports = 'Port numbers from 1 to 65535, such as 80, 443.';
  }
  const label = lines(draft.labels).find((line) => !LABEL.test(line.split('=')[0] ?? ''));
  if (label) errors.labels = `“${label}” is not of the form key=value.`;
  if (draft.readiness === 'console' && !draft.readyText.trim()) {
    errors.readyText = 'Say which text the console shall show.';
  }
  if (draft.readyWithin.trim() && parseHuman(draft.readyWithin) === undefined) {
    errors.readyWithin = 'Write it like 90 s, 10 min or 1 h.';
  }
  return { ...errors, ...disks(draft) };
}

function disks({ rootGiB, scratchGiB, shares, path }: Draft): Errors {
  const whole = (text: string) => /^[1-9]\d{0,6}$/.test(text);
  const bad =
    path === 'static'
      ? undefined
      : lines(shares).find((line) => !/^\/.*=[a-z0-9-]+(:ro)?$/.test(line));
  return {
    ...(rootGiB.trim() && !whole(rootGiB.trim()) && { rootGiB: 'A whole number of GiB.' }),
    ...(!sizes(scratchGiB).every(whole) && {
      scratchGiB: 'Whole numbers of GiB, separated by commas.',
    }),
    ...(bad && { shares: `“${bad}” is not of the form /directory=tag.` }),
  };
}

function ownSize({ vcpus, memoryMiB }: Draft): Errors {
  const whole = (text: string, least: number, most: number) =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  return {
    ...(!whole(vcpus, 1, 1024) && { vcpus: 'A whole number from 1 to 1024.' }),
    ...(!whole(memoryMiB, 64, 4_194_304) && { memoryMiB: 'A whole number of MiB, at least 64.' }),
  };
}

function sayWalltime({ walltime, path }: Draft): string | undefined {
  if (!walltime.trim()) {
    return path === 'static' ? undefined : 'Say how long the job may take, such as 2 h.';
  }
  const seconds = parseHuman(walltime);
  if (seconds === undefined) return 'Write it like 90 min, 1 h 30 min, 2 d or 1:30.';
  return seconds < 60 ? 'At least one minute.' : undefined;
}

function sayKeys(text: string): string | undefined {
  if (text.includes('PRIVATE KEY')) {
    return 'This is a private key: keep it to yourself and give the file that ends in .pub.';
  }
  const wrong = lines(text).findIndex((line) => !PUBLIC_KEY.test(line));
  return wrong < 0
    ? undefined
    : `Line ${wrong + 1} is not an OpenSSH public key (such as “ssh-ed25519 AAAA… you@laptop”).`;
}

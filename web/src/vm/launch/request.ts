import { Problem } from '../../api/problem';
import type { Share, VmRequest } from '../../api/types';
import { parseHuman, toIso } from '../../time/duration';
import { FIELDS, type Draft, type Field } from './draft';
import { lines, portsOf, sizes, type Errors } from './validate';

const given = <K extends string>(key: K, value: string): Partial<Record<K, string>> =>
  value.trim() ? ({ [key]: value.trim() } as Record<K, string>) : {};

function labels(text: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const [key = '', ...value] = line.split('=');
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

/** Nothing of it: as the image says. */
function readiness(draft: Draft): Pick<VmRequest, 'readiness'> {
  const seconds = parseHuman(draft.readyWithin);
  const wanted = {
    ...(draft.readiness && { kind: draft.readiness }),
    ...(draft.readiness === 'console' && { pattern: draft.readyText }),
    ...(seconds !== undefined && { timeout: toIso(seconds) }),
    ...(draft.readyOrFail && { onTimeout: draft.readyOrFail }),
  };
  return Object.keys(wanted).length ? { readiness: wanted } : {};
}

/** The draft as the API wants it. The draft is valid. */
export function toRequest(draft: Draft): VmRequest {
  const seconds = parseHuman(draft.walltime);
  return {
    name: draft.name,
    image: draft.image,
    path: draft.path,
    ...(draft.flavor
      ? { flavor: draft.flavor }
      : { vcpus: Number(draft.vcpus), memoryMiB: Number(draft.memoryMiB) }),
    ...(seconds !== undefined && { walltime: toIso(seconds) }),
    ...(draft.path === 'scheduled' && given('partition', draft.partition)),
    ...(draft.path === 'static' && given('pool', draft.pool)),
    ...given('project', draft.project),
    ...(draft.userData.trim() && { userData: draft.userData }),
    ...readiness(draft),
    ...(draft.ports.trim() && { network: { ports: portsOf(draft.ports) } }),
    sshKeys: lines(draft.sshKeys),
    labels: labels(draft.labels),
    ...storage(draft),
  };
}

function share(line: string): Share {
  const readOnly = line.endsWith(':ro');
  const plain = readOnly ? line.slice(0, -':ro'.length) : line;
  const equals = plain.lastIndexOf('=');
  return { path: plain.slice(0, equals), tag: plain.slice(equals + 1), readOnly };
}

function storage(draft: Draft): Pick<VmRequest, 'storage'> {
  const wanted = {
    ...(draft.rootGiB.trim() && { rootGiB: Number(draft.rootGiB) }),
    ...(draft.scratchGiB.trim() && { scratchGiB: sizes(draft.scratchGiB).map(Number) }),
    ...(lines(draft.volumes).length && { volumes: lines(draft.volumes) }),
    ...(draft.path !== 'static' &&
      lines(draft.shares).length && { shares: lines(draft.shares).map(share) }),
  };
  return Object.keys(wanted).length ? { storage: wanted } : {};
}

/** The form's field that a problem is about, such as `sshKeys` for `sshKeys[0]`. */
export function fieldOf(error: unknown): Field | undefined {
  if (!(error instanceof Problem)) return undefined;
  const name = /^(?:(?:storage|network)\.)?(\w+)/.exec(error.field ?? '')?.[1];
  return FIELDS.find((field) => field === name) ?? BY_CODE[error.code];
}

const BY_CODE: Partial<Record<string, Field>> = {
  UNKNOWN_IMAGE: 'image',
  UNKNOWN_FLAVOR: 'flavor',
  UNKNOWN_POOL: 'pool',
  UNKNOWN_PARTITION: 'partition',
  WALLTIME_TOO_LONG: 'walltime',
  SIZE_TOO_LARGE: 'flavor',
  SIZE_TOO_SMALL: 'flavor',
  VOLUME_IN_USE: 'volumes',
};

export function serverErrors(error: unknown): Errors {
  const field = fieldOf(error);
  return field && error instanceof Problem ? { [field]: error.message } : {};
}

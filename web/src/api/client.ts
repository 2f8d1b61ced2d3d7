import { done, json, offsetOf, text } from './http';
import type {
  Audit,
  ClusterNode,
  Flavor,
  HistoryEvent,
  Image,
  ImageRequest,
  Lease,
  Partition,
  Pool,
  PoolRequest,
  SavedImage,
  User,
  Vm,
  VmRequest,
  VmUsage,
  Volume,
  VolumeRequest,
} from './types';

interface Items<T> {
  items: T[];
  nextCursor?: string | null;
}

/** A site has at most a few thousand VMs that are worth showing; the rest is history. */
const PAGE = 200;
const MOST_PAGES = 10;

const items = async <T>(path: string, signal: AbortSignal): Promise<T[]> =>
  (await json<Items<T>>(path, { signal })).items;

export const login = async (name: string, password: string): Promise<User> =>
  (await json<{ user: User }>('/login', { method: 'POST', body: { name, password } })).user;

export const logout = (): Promise<void> => done('/logout', { method: 'POST' });

export const me = (signal: AbortSignal): Promise<User> => json('/me', { signal });

export async function vms(signal: AbortSignal): Promise<Vm[]> {
  const all: Vm[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const from = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = await json<Items<Vm>>(`/vms?limit=${PAGE}${from}`, { signal });
    all.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return all;
}

export const vm = (id: string, signal: AbortSignal): Promise<Vm> =>
  json(`/vms/${encodeURIComponent(id)}`, { signal });

export const vmHistory = (id: string, signal: AbortSignal): Promise<HistoryEvent[]> =>
  items(`/vms/${encodeURIComponent(id)}/events`, signal);

export const consoleLog = (id: string, signal: AbortSignal): Promise<string> =>
  text(`/vms/${encodeURIComponent(id)}/console-log`, { signal });

export const vmStats = (id: string, signal: AbortSignal): Promise<VmUsage[]> =>
  items(`/vms/${encodeURIComponent(id)}/stats`, signal);

/** The same key with the same request makes one VM, however often it is sent. */
export const createVm = (body: VmRequest, key: string): Promise<Vm> =>
  json('/vms', { method: 'POST', body, headers: { 'Idempotency-Key': key } });

/** The same key with the same name makes one revision. */
export const saveImage = (id: string, body: { name: string }, key: string): Promise<SavedImage> =>
  json(`/vms/${encodeURIComponent(id)}/image`, {
    method: 'POST',
    body,
    headers: { 'Idempotency-Key': key },
  });

export const deleteVm = (id: string): Promise<Vm> =>
  json(`/vms/${encodeURIComponent(id)}`, { method: 'DELETE' });

export type VmAction = 'suspend' | 'resume' | 'reboot' | 'shutdown';
export const actOnVm = (id: string, action: VmAction): Promise<Vm> =>
  json(`/vms/${encodeURIComponent(id)}/actions/${action}`, { method: 'POST' });

export const volumes = (signal: AbortSignal): Promise<Volume[]> => items('/volumes', signal);

export const createVolume = (body: VolumeRequest): Promise<Volume> =>
  json('/volumes', { method: 'POST', body });

export const deleteVolume = (id: string): Promise<void> =>
  done(`/volumes/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const images = (signal: AbortSignal): Promise<Image[]> => items('/images', signal);

export const createImage = (body: ImageRequest): Promise<Image> =>
  json('/images', { method: 'POST', body });

const revisionPath = (image: string, revision: number): string =>
  `/images/${encodeURIComponent(image)}/revisions/${revision}`;

export const filePath = (image: string, revision: number, role: string): string =>
  `${revisionPath(image, revision)}/files/${role}`;

export const sendPiece = (
  path: string,
  offset: number,
  bytes: Blob,
  signal: AbortSignal,
): Promise<number> => offsetOf(path, signal, { offset, bytes });

export const pieceOffset = (path: string, signal: AbortSignal): Promise<number> =>
  offsetOf(path, signal);

export const actOnRevision = (
  image: string,
  revision: number,
  action: 'make-current' | 'deprecate',
): Promise<void> => done(`${revisionPath(image, revision)}/actions/${action}`, { method: 'POST' });

export const deleteRevision = (image: string, revision: number): Promise<void> =>
  done(revisionPath(image, revision), { method: 'DELETE' });

export const shareImage = (
  image: string,
  body: { visibility: string; project?: string },
): Promise<void> =>
  done(`/images/${encodeURIComponent(image)}/actions/share`, { method: 'POST', body });

export const flavors = (signal: AbortSignal): Promise<Flavor[]> => items('/flavors', signal);
export const partitions = (signal: AbortSignal): Promise<Partition[]> =>
  items('/partitions', signal);
export const pools = (signal: AbortSignal): Promise<Pool[]> => items('/pools', signal);

export const nodes = (signal: AbortSignal): Promise<{ takenAt: string; items: ClusterNode[] }> =>
  json('/nodes', { signal });

export const leases = (signal: AbortSignal): Promise<Lease[]> =>
  items('/leases?active=true', signal);

export const audit = (signal: AbortSignal): Promise<Audit> => json('/invariants', { signal });

export type LeaseAction = 'drain' | 'release';
export const actOnLease = (id: string, action: LeaseAction): Promise<void> =>
  done(`/leases/${encodeURIComponent(id)}/actions/${action}`, { method: 'POST' });

export const putPool = (name: string, body: PoolRequest): Promise<Pool> =>
  json(`/pools/${encodeURIComponent(name)}`, { method: 'PUT', body });

import type { VmAction } from '../../src/api/client';
import type {
  Audit,
  ClusterNode,
  HistoryEvent,
  Image,
  ImageRequest,
  Lease,
  Phase,
  Pool,
  User,
  Vm,
  VmRequest,
  Volume,
} from '../../src/api/types';
import { INVARIANTS } from './audit';
import { aNode, anImage, aPool, aRevision, aVm, FLAVORS, IMAGES } from './samples';

const PASSWORDS: Record<string, string> = {
  researcher: 'reef',
  batch: 'kelp',
  operator: 'tide',
};

type Change = { event: 'vm'; data: Vm } | { event: 'lease'; data: Lease };

const NEXT: Partial<Record<Phase, Phase>> = {
  PENDING: 'QUEUED',
  QUEUED: 'PLACED',
  PLACED: 'PREPARING',
  PREPARING: 'BOOTING',
  BOOTING: 'RUNNING',
  RUNNING: 'READY',
  SUSPENDING: 'SUSPENDED',
  STOPPING: 'STOPPED',
};

const NOTE: Partial<Record<Phase, string>> = {
  QUEUED: 'job 41 waits in the scheduler’s queue',
  PLACED: 'placed on a lease (attempt 1)',
  PREPARING: 'the node prepares its files',
  BOOTING: 'the hypervisor starts it',
  RUNNING: 'the domain runs',
  READY: 'the guest is usable',
  SUSPENDING: 'memory and disk are being saved',
  SUSPENDED: 'Its memory and disk are saved.',
  STOPPING: 'asked for by its owner',
  STOPPED: 'ended by its owner',
};

/** A site in memory, as far as the dashboard can see one. Nothing moves but by `advance`. */
export class FakeSite {
  readonly vms: Vm[] = [];
  readonly histories = new Map<string, HistoryEvent[]>();
  readonly consoles = new Map<string, string>();
  leases: Lease[] = [];
  pools: Pool[] = [aPool()];
  volumes: Volume[] = [];
  images: Image[] = [...IMAGES];

  newImage({ name, defaultUser, files }: ImageRequest): Image {
    const image = anImage({
      id: name,
      name: `researcher/${name}`,
      tier: 'USER',
      visibility: 'PRIVATE',
      current: null,
      defaultUser,
      yours: true,
      revisions: [
        aRevision({
          reference: `researcher/${name}@1`,
          state: 'RECEIVING',
          files: files.map((file) => ({ ...file, received: 0 })),
        }),
      ],
    });
    this.images = [...this.images, image];
    return image;
  }

  changeImage(id: string, change: (image: Image) => Image): void {
    this.images = this.images.map((image) => (image.id === id ? change(image) : image));
  }
  nodes: ClusterNode[] = [aNode(), aNode({ name: 'n2' }), aNode({ name: 'n3' })];
  audit: Audit = { items: INVARIANTS, healed: [] };
  private readonly sessions = new Map<string, User>();
  private readonly requests = new Map<string, { body: string; id: string }>();
  private readonly listeners = new Set<(change: Change) => void>();
  private count = 0;

  constructor(private readonly now: () => string) {}

  login(name: string, password: string): { token: string; user: User } | undefined {
    if (!(name in PASSWORDS) || PASSWORDS[name] !== password) return undefined;
    const user: User = { name, role: name === 'operator' ? 'operator' : 'user' };
    const token = `token-${++this.count}`;
    this.sessions.set(token, user);
    return { token, user };
  }

  who = (token: string): User | undefined => this.sessions.get(token);
  endSession = (token: string): boolean => this.sessions.delete(token);
  endSessions = (): void => this.sessions.clear();

  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  visible = ({ role, name }: User): Vm[] =>
    this.vms.filter(({ owner }) => role === 'operator' || owner === name);

  /** `conflict` when the key was used with another request. */
  create(owner: string, body: VmRequest, key: string | undefined): Vm | 'conflict' {
    const text = JSON.stringify(body);
    const before = key === undefined ? undefined : this.requests.get(key);
    if (before) {
      if (before.body !== text) return 'conflict';
      const same = this.vms.find(({ id }) => id === before.id);
      if (same) return same;
    }
    const flavor = FLAVORS.find(({ name }) => name === body.flavor);
    const vm = this.add({
      ...aVm(),
      id: `11111111-0000-4000-8000-${String(++this.count).padStart(12, '0')}`,
      name: body.name,
      owner,
      path: body.path,
      image: body.image,
      vcpus: body.vcpus ?? flavor?.vcpus ?? 1,
      memoryMiB: body.memoryMiB ?? flavor?.memoryMiB ?? 256,
      walltime: body.walltime ?? null,
      partition: body.partition ?? null,
      pool: body.pool ?? null,
      project: body.project ?? null,
      labels: body.labels,
      sshKeys: body.sshKeys.map((line) => {
        const [type = '', blob = '', comment = ''] = line.split(' ');
        return { type, fingerprint: `SHA256:${blob.slice(-12)}`, comment };
      }),
      createdAt: this.now(),
    });
    if (key !== undefined) this.requests.set(key, { body: text, id: vm.id });
    return vm;
  }

  add(vm: Vm): Vm {
    this.vms.unshift(vm);
    this.histories.set(vm.id, []);
    this.note(vm.id, null, vm.phase, 'asked for', vm.owner);
    this.tell({ event: 'vm', data: vm });
    return vm;
  }

  /** Moves a VM to its next phase, or nowhere when it may stay where it is. */
  advance(id: string): void {
    const vm = this.vms.find((each) => each.id === id);
    const to = vm && NEXT[vm.phase];
    if (!vm || !to) return;
    this.move(vm, vm.path === 'static' && to === 'QUEUED' ? 'PLACED' : to);
  }

  delete(vm: Vm): Vm {
    if (vm.phase === 'STOPPED' || vm.phase === 'FAILED') return vm;
    return this.move({ ...vm, goal: 'TERMINATE' }, 'STOPPING');
  }

  /** As the API does: what is under way is not asked for twice. */
  act(vm: Vm, action: VmAction): Vm | 'wrong phase' | 'not for this path' {
    const { phase } = vm;
    if (phase === 'STOPPED' || phase === 'FAILED') return 'wrong phase';
    switch (action) {
      case 'suspend':
        if (vm.path === 'direct') return 'not for this path';
        if (phase !== 'READY' && phase !== 'RUNNING') return 'wrong phase';
        return this.move({ ...vm, goal: 'SUSPEND' }, 'SUSPENDING');
      case 'resume':
        return phase === 'SUSPENDED' ? this.move({ ...vm, goal: 'RUN' }, 'PENDING') : vm;
      case 'reboot':
        return phase === 'READY' || phase === 'RUNNING'
          ? this.put({ ...vm, rebooting: true })
          : 'wrong phase';
      case 'shutdown':
        return this.delete(vm);
    }
  }

  /** Puts a VM in place of its last version. */
  put(vm: Vm): Vm {
    const index = this.vms.findIndex(({ id }) => id === vm.id);
    const next = { ...vm, version: (this.vms[index]?.version ?? 0) + 1 };
    this.vms[index] = next;
    this.tell({ event: 'vm', data: next });
    return next;
  }

  private move(vm: Vm, to: Phase): Vm {
    this.note(vm.id, vm.phase, to, NOTE[to] ?? '', to === 'STOPPING' ? vm.owner : null);
    return this.put({ ...vm, ...this.reached(vm, to), phase: to });
  }

  private reached(vm: Vm, to: Phase): Partial<Vm> {
    const now = this.now();
    const lease = {
      id: 'aaaaaaaa-0000-4000-8000-000000000001',
      phase: 'ACTIVE' as const,
      jobId: '41',
      node: 'n1',
      startedAt: now,
      endsAt: new Date(Date.parse(now) + 3_600_000).toISOString(),
    };
    switch (to) {
      case 'QUEUED':
        return { queuedAt: now, lease: { ...lease, phase: 'QUEUED', node: null, endsAt: null } };
      case 'PLACED':
        return { jobStartedAt: vm.path === 'static' ? null : now, lease };
      case 'RUNNING':
        this.consoles.set(vm.id, `[    0.000000] Linux version 6.1\n${vm.name} login: \n`);
        return {
          startedAt: now,
          suspendedAt: null,
          ssh: { host: '10.77.0.11', port: 22001, user: 'root' },
        };
      case 'READY':
        this.consoles.set(vm.id, `${this.consoles.get(vm.id) ?? ''}anemone-micro ready\n`);
        return { readyAt: now };
      case 'SUSPENDED':
        return { suspendedAt: now, lease: null, ssh: null };
      case 'STOPPED':
        return { endedAt: now, reason: 'USER', message: 'You deleted it.', ssh: null };
      case 'PENDING':
        return { attempt: vm.attempt + 1, queuedAt: null, startedAt: null, readyAt: null };
      case 'PREPARING':
      case 'BOOTING':
      case 'SUSPENDING':
      case 'STOPPING':
      case 'FAILED':
        return {};
    }
  }

  private note(id: string, from: Phase | null, to: Phase, note: string, actor: string | null) {
    this.histories
      .get(id)
      ?.push({ id: ++this.count, at: this.now(), kind: 'vm', from, to, note, actor });
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

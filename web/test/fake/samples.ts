import type {
  ClusterNode,
  Flavor,
  Image,
  ImageRevision,
  Lease,
  Partition,
  Pool,
  Vm,
  VmUsage,
  Volume,
} from '../../src/api/types';

export const NOW = '2026-03-01T12:00:00Z';

/** Some instant, seconds after `NOW`. */
export const at = (seconds: number): string =>
  new Date(Date.parse(NOW) + seconds * 1000).toISOString();

export const aRevision = (part: Partial<ImageRevision> = {}): ImageRevision => ({
  revision: 1,
  reference: `micro@${part.revision ?? 1}`,
  state: 'ACTIVE',
  message: null,
  virtualBytes: 0,
  createdAt: at(0),
  files: [{ role: 'kernel', bytes: 8 << 20, received: 8 << 20 }],
  ...part,
});

export const anImage = (part: Partial<Image> = {}): Image => ({
  id: part.name ?? 'micro',
  name: 'micro',
  tier: 'GOLDEN',
  visibility: 'PUBLIC',
  project: null,
  current: 1,
  description: 'A kernel and a busybox with ssh: boots in two seconds',
  defaultUser: 'root',
  minMemoryMiB: 128,
  readiness: { kind: 'ssh', timeoutSeconds: 60 },
  yours: false,
  revisions: [aRevision()],
  ...part,
});

/** One of the user's own, with a revision before the current one, and one on its way. */
export const ownImage = (): Image =>
  anImage({
    id: 'solver',
    name: 'researcher/solver',
    tier: 'USER',
    visibility: 'PRIVATE',
    description: 'The solver with its libraries',
    current: 2,
    yours: true,
    revisions: [
      aRevision({
        revision: 3,
        reference: 'researcher/solver@3',
        state: 'RECEIVING',
        files: [{ role: 'disk', bytes: 4 << 20, received: 1 << 20 }],
      }),
      aRevision({ revision: 2, reference: 'researcher/solver@2', virtualBytes: 10 * 2 ** 30 }),
      aRevision({ revision: 1, reference: 'researcher/solver@1' }),
    ],
  });

export const IMAGES: Image[] = [
  anImage(),
  anImage({
    name: 'debian-12',
    description: 'Debian 12 with cloud-init',
    defaultUser: 'debian',
    minMemoryMiB: 512,
    readiness: { kind: 'ssh', timeoutSeconds: 300 },
  }),
];

export const FLAVORS: Flavor[] = [
  {
    name: 'micro',
    vcpus: 1,
    memoryMiB: 256,
    description: 'one core and little memory',
    wholeNode: false,
  },
  { name: 'small', vcpus: 1, memoryMiB: 512, description: 'one core', wholeNode: false },
  { name: 'medium', vcpus: 2, memoryMiB: 2048, description: 'two cores', wholeNode: false },
  { name: 'large', vcpus: 4, memoryMiB: 3072, description: 'four cores', wholeNode: false },
];

export const PARTITIONS: Partition[] = [
  { name: 'compute', isDefault: true, maxWalltime: 'P2D' },
  { name: 'short', isDefault: false, maxWalltime: 'PT1H' },
];

export const aPool = (part: Partial<Pool> = {}): Pool => ({
  name: 'default',
  leases: 1,
  partition: null,
  walltime: 'PT12H',
  renewBefore: 'PT1H',
  active: 1,
  vms: 0,
  freeCores: 4,
  freeMemoryMiB: 3584,
  ...part,
});

export const aVolume = (part: Partial<Volume> = {}): Volume => ({
  id: `dddddddd-0000-4000-8000-${String(part.name?.length ?? 0).padStart(12, '0')}`,
  name: 'results',
  owner: 'researcher',
  project: null,
  place: 'job',
  sizeGiB: 50,
  createdAt: at(-3600),
  state: 'FREE',
  heldBy: null,
  ...part,
});

export const aNode = (part: Partial<ClusterNode> = {}): ClusterNode => ({
  name: 'n1',
  state: 'IDLE',
  available: true,
  cores: 4,
  memoryMiB: 4096,
  allocatedCores: 0,
  allocatedMemoryMiB: 0,
  partitions: ['compute', 'short'],
  leases: [],
  vms: [],
  ...part,
});

export const aLease = (part: Partial<Lease> = {}): Lease => ({
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  path: 'scheduled',
  owner: 'researcher',
  partition: 'compute',
  pool: null,
  phase: 'ACTIVE',
  jobId: '41',
  node: 'n1',
  epoch: 1,
  cores: 1,
  memoryMiB: 512,
  walltime: 'PT1H',
  endsAt: at(3600),
  unreachable: false,
  expiring: false,
  connected: true,
  vms: [],
  createdAt: NOW,
  end: null,
  ...part,
});

export const aVm = (part: Partial<Vm> = {}): Vm => ({
  id: '11111111-0000-4000-8000-000000000001',
  name: 'reef-1',
  owner: 'researcher',
  project: null,
  path: 'scheduled',
  image: 'micro',
  vcpus: 1,
  memoryMiB: 256,
  walltime: 'PT1H',
  partition: null,
  pool: null,
  labels: {},
  sshKeys: [],
  goal: 'RUN',
  phase: 'PENDING',
  rebooting: false,
  reason: null,
  message: null,
  lease: null,
  ssh: null,
  hardware: {
    firmware: 'bios',
    tpm: false,
    hugePages: false,
    wholeNode: false,
    cpuPercent: 100,
  },
  network: { bridge: null, isolated: false, ports: [] },
  attempt: 1,
  warnings: [],
  createdAt: NOW,
  queuedAt: null,
  jobStartedAt: null,
  startedAt: null,
  readyAt: null,
  suspendedAt: null,
  endedAt: null,
  version: 1,
  ...part,
});

/** A quarter of an hour of a guest without a guest agent: nothing is known of its network. */
export const USAGE: VmUsage[] = Array.from({ length: 60 }, (_, i) => ({
  at: new Date(Date.parse(NOW) + i * 15_000).toISOString(),
  cpuPercent: 20 + 60 * Math.abs(Math.sin(i / 7)),
  residentBytes: (150 + i) * 1024 * 1024,
  diskReadBytesPerSecond: i % 9 === 0 ? 4_000_000 : 0,
  diskWrittenBytesPerSecond: 1000 * i,
  networkReceivedBytesPerSecond: null,
  networkSentBytesPerSecond: null,
}));

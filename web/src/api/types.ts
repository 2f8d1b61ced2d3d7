/** What the API speaks, version 1. Instants are RFC 3339, durations ISO 8601. */

export type Role = 'user' | 'operator';
export interface User {
  name: string;
  role: Role;
}

export const PATHS = ['static', 'scheduled', 'direct'] as const;
export type LaunchPath = (typeof PATHS)[number];

export const PHASES = [
  'PENDING',
  'QUEUED',
  'PLACED',
  'PREPARING',
  'BOOTING',
  'RUNNING',
  'READY',
  'SUSPENDING',
  'SUSPENDED',
  'STOPPING',
  'STOPPED',
  'FAILED',
] as const;
export type Phase = (typeof PHASES)[number];

export type LeasePhase =
  | 'REQUESTED'
  | 'SUBMITTING'
  | 'QUEUED'
  | 'STARTING'
  | 'ACTIVE'
  | 'DRAINING'
  | 'RELEASING'
  | 'RELEASED'
  | 'FAILED';

export interface VmLease {
  id: string;
  phase: LeasePhase;
  jobId: string | null;
  node: string | null;
  startedAt: string | null;
  endsAt: string | null;
}

export interface SshKey {
  type: string;
  fingerprint: string;
  comment: string;
}

export interface Hardware {
  firmware: 'bios' | 'uefi';
  tpm: boolean;
  hugePages: boolean;
  wholeNode: boolean;
  /** How much of a core each processor counts for. */
  cpuPercent: number;
}

export interface Network {
  bridge: string | null;
  isolated: boolean;
  /** Host and port are known while the VM runs. */
  ports: { guest: number; host: string | null; port: number | null }[];
}

export interface Vm {
  id: string;
  name: string;
  owner: string;
  project: string | null;
  path: LaunchPath;
  image: string;
  vcpus: number;
  memoryMiB: number;
  walltime: string | null;
  partition: string | null;
  pool: string | null;
  labels: Record<string, string>;
  storage?: Storage;
  sshKeys: SshKey[];
  goal: 'RUN' | 'SUSPEND' | 'TERMINATE';
  phase: Phase;
  /** Its guest is being rebooted: READY tells of before. */
  rebooting: boolean;
  /** A stop reason, or an error code when it failed. */
  reason: string | null;
  message: string | null;
  lease: VmLease | null;
  ssh: { host: string; port: number; user: string | null } | null;
  hardware: Hardware;
  network: Network;
  attempt: number;
  warnings: string[];
  readiness?: Readiness | null;
  guest?: Guest | null;
  createdAt: string;
  queuedAt: string | null;
  jobStartedAt: string | null;
  startedAt: string | null;
  readyAt: string | null;
  /** When it was last suspended; null once it runs. */
  suspendedAt: string | null;
  endedAt: string | null;
  version: number;
}

/** What makes a VM READY; `missing` says what is, while it is late. */
export interface Readiness {
  kind: 'SSH' | 'AGENT' | 'CONSOLE' | 'CLOUD_INIT' | 'NONE';
  timeoutSeconds: number;
  pattern: string | null;
  onTimeout: 'TELL' | 'FAIL';
  late: boolean;
  missing: string | null;
}

/** What a guest says of itself. */
export interface Guest {
  hostname: string | null;
  os: string | null;
  kernel: string | null;
  addresses: string[];
  users: string[];
}

/** What a VM used at one time; null: not known. */
export interface VmUsage {
  at: string;
  cpuPercent: number | null;
  residentBytes: number | null;
  diskReadBytesPerSecond: number | null;
  diskWrittenBytesPerSecond: number | null;
  networkReceivedBytesPerSecond: number | null;
  networkSentBytesPerSecond: number | null;
}

export interface Share {
  path: string;
  tag: string;
  readOnly: boolean;
}

/** What a VM stores on besides what its image gives. */
export interface Storage {
  rootGiB: number | null;
  scratchGiB: number[];
  volumes: string[];
  shares: Share[];
}

/** `job`: for VMs of the paths scheduled and direct; `pool`: for static ones. */
export type VolumePlace = 'job' | 'pool';

export interface Volume {
  id: string;
  name: string;
  owner: string;
  project: string | null;
  place: VolumePlace;
  sizeGiB: number;
  createdAt: string;
  state: 'FREE' | 'HELD';
  heldBy: { vm: string; name: string; phase: Phase; attempt: number } | null;
}

export interface VolumeRequest {
  name: string;
  sizeGiB: number;
  place: VolumePlace;
}

export interface VmRequest {
  name: string;
  image: string;
  flavor?: string;
  vcpus?: number;
  memoryMiB?: number;
  path: LaunchPath;
  walltime?: string;
  project?: string;
  partition?: string;
  pool?: string;
  sshKeys: string[];
  userData?: string;
  readiness?: { kind?: string; timeout?: string; pattern?: string; onTimeout?: string };
  labels: Record<string, string>;
  storage?: Partial<Storage>;
  network?: { ports?: number[]; isolated?: boolean };
}

export interface HistoryEvent {
  id: number | string;
  at: string;
  kind: 'vm' | 'lease';
  from?: string | null;
  to?: string | null;
  note: string;
  actor?: string | null;
}

export interface Image {
  id: string;
  /** `NAME` of the site's own, `OWNER/NAME` of a user's. */
  name: string;
  tier: 'GOLDEN' | 'USER';
  visibility: 'PRIVATE' | 'PROJECT' | 'PUBLIC';
  project: string | null;
  /** The revision that its name stands for; null while it has none. */
  current: number | null;
  description: string;
  defaultUser: string;
  minMemoryMiB: number;
  readiness: { kind: string; timeoutSeconds: number };
  /** Whether the caller may change it. */
  yours: boolean;
  /** Newest first. */
  revisions: ImageRevision[];
}

export interface ImageRevision {
  revision: number;
  reference: string;
  state: 'RECEIVING' | 'CHECKING' | 'ACTIVE' | 'DEPRECATED' | 'REFUSED' | 'DELETED';
  message: string | null;
  virtualBytes: number;
  createdAt: string | null;
  files: ImageFile[];
}

/** The revision that a VM is being saved as. */
export interface SavedImage {
  image: string;
  name: string;
  revision: number;
  reference: string;
}

export interface ImageFile {
  role: string;
  bytes: number | null;
  received: number;
}

export interface ImageRequest {
  name: string;
  defaultUser: string;
  diskFormat?: string;
  cmdline?: string;
  files: { role: string; bytes: number }[];
}

export interface Flavor {
  name: string;
  vcpus: number;
  memoryMiB: number;
  description: string;
  /** All that the job gets of its node; processors and memory are then the least. */
  wholeNode: boolean;
}

export interface Lease {
  id: string;
  path: LaunchPath;
  owner: string;
  project?: string | null;
  partition?: string | null;
  pool?: string | null;
  phase: LeasePhase;
  jobId?: string | null;
  node?: string | null;
  epoch: number;
  cores: number;
  memoryMiB: number;
  walltime: string;
  endsAt?: string | null;
  unreachable: boolean;
  expiring: boolean;
  connected: boolean;
  vms: string[];
  createdAt: string;
  end?: { cause: string; message: string } | null;
}

/** Starts on a node failed one after the other; `until` is gone once it may be tried again. */
export interface NodeRest {
  failures: number;
  last: string;
  until?: string;
}

export interface ClusterNode {
  name: string;
  state: string;
  available: boolean;
  cores: number;
  memoryMiB: number;
  allocatedCores: number;
  allocatedMemoryMiB: number;
  partitions: string[];
  rest?: NodeRest;
  leases?: string[];
  vms?: { id: string; name: string; owner: string; phase: Phase }[];
}

export interface Partition {
  name: string;
  isDefault: boolean;
  maxWalltime?: string | null;
}

export interface Pool {
  name: string;
  leases: number;
  partition?: string | null;
  walltime: string;
  renewBefore: string;
  active: number;
  vms: number;
  freeCores: number;
  freeMemoryMiB: number;
}

export interface PoolRequest {
  leases: number;
  partition?: string;
  walltime?: string;
  renewBefore?: string;
}

export interface ViolationSubject {
  kind: 'vm' | 'lease' | 'job' | 'domain' | 'node';
  id: string;
}

export interface Violation {
  invariant: string;
  what: string;
  subjects: ViolationSubject[];
  since: string;
  /** How long it lasts, or lasted. */
  age: string;
  healing: string;
  healedAt?: string;
}

export interface Invariant {
  id: string;
  title: string;
  sentence: string;
  /** Absent when that is not known, and `unknown` says why. */
  holds?: boolean;
  unknown?: string;
  checkedAt?: string;
  violations: Violation[];
}

export interface Audit {
  items: Invariant[];
  healed: Violation[];
}

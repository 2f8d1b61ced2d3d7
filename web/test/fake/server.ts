import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { FakeApi } from './api';
import { aViolation, INVARIANTS, notKnown } from './audit';
import { aLease, aVm, aVolume, ownImage } from './samples';
import { FakeSite } from './site';

const DIST = join(import.meta.dirname, '../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The strictest policy that the dashboard must live with. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** Serves the built dashboard over a `FakeSite` whose VMs move by themselves. */
export async function startServer(step = 300): Promise<{ url: string; close: () => void }> {
  const site = new FakeSite(() => new Date().toISOString());
  furnish(site);
  const api = new FakeApi(site);
  const timer = setInterval(() => site.vms.forEach(({ id }) => site.advance(id)), step);

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/api/v1/events') stream(site, request, response);
    else if (path.startsWith('/api/')) void answer(api, request, response);
    else void file(path, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      clearInterval(timer);
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(api: FakeApi, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const method = request.method ?? 'GET';
  const got = await api.fetch(
    new Request(`http://localhost${request.url ?? ''}`, {
      method,
      headers: Object.entries(request.headers).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    }),
  );
  response.writeHead(got.status, Object.fromEntries(got.headers));
  response.end(Buffer.from(await got.arrayBuffer()));
}

function stream(site: FakeSite, request: IncomingMessage, response: ServerResponse): void {
  const token = /anemone_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const user = site.who(token);
  if (!user) {
    response.writeHead(401).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('event: ping\ndata: {}\n\n');
  const stop = site.subscribe(({ event, data }) => {
    if (user.role !== 'operator' && data.owner !== user.name) return;
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  });
  request.on('close', stop);
}

/** A deep link such as /vms/ID gets the first page: the dashboard routes by itself. */
async function file(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) ? normalize(path) : 'index.html';
  const content = await readFile(join(DIST, name)).catch(() => undefined);
  response.writeHead(content ? 200 : 404, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(content);
}

function furnish(site: FakeSite): void {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  const lease = (jobId: string, node: string) => ({
    id: `aaaaaaaa-0000-4000-8000-0000000000${jobId}`,
    phase: 'ACTIVE' as const,
    jobId,
    node,
    startedAt: ago(7000),
    endsAt: ago(-80_000),
  });
  const id = (number: number) => `99999999-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const [failed, stopped] = [id(1), id(2)];
  site.images = [...site.images, ownImage()];
  site.volumes = [
    aVolume({ owner: 'operator', createdAt: ago(3 * 86_400) }),
    aVolume({
      name: 'checkpoints-of-the-5',
      createdAt: ago(7200),
      sizeGiB: 2048,
      state: 'HELD',
      heldBy: { vm: stopped, name: 'solver-1', phase: 'READY', attempt: 1 },
    }),
  ];
  site.add(
    aVm({
      id: failed,
      name: 'cove-204',
      image: 'debian-12',
      memoryMiB: 2048,
      vcpus: 2,
      phase: 'FAILED',
      reason: 'IMAGE_MISSING_ON_NODE',
      message:
        'The files of the image debian-12 are not on the node (vm: cove-204, node: n2, job: 17).',
      attempt: 3,
      createdAt: ago(9000),
      queuedAt: ago(8999),
      jobStartedAt: ago(8998),
      endedAt: ago(8990),
      lease: { ...lease('17', 'n2'), phase: 'RELEASED' },
    }),
  );
  site.add(
    aVm({
      id: stopped,
      name: 'tide-871',
      phase: 'STOPPED',
      reason: 'GUEST',
      message: 'The guest switched itself off.',
      createdAt: ago(8000),
      queuedAt: ago(7999.6),
      jobStartedAt: ago(7998.7),
      startedAt: ago(7996.4),
      readyAt: ago(7994.3),
      endedAt: ago(7000),
      lease: { ...lease('19', 'n3'), phase: 'RELEASED' },
    }),
  );
  site.add(
    aVm({
      id: id(3),
      name: 'kelp-310',
      path: 'direct',
      owner: 'batch',
      phase: 'READY',
      createdAt: ago(600),
      jobStartedAt: ago(602),
      startedAt: ago(598),
      readyAt: ago(596),
      lease: lease('22', 'n2'),
      ssh: { host: '10.77.0.12', port: 22000, user: 'root' },
    }),
  );
  site.add(
    aVm({
      id: id(4),
      name: 'lagoon-118',
      path: 'static',
      pool: 'default',
      walltime: null,
      image: 'debian-12',
      vcpus: 2,
      memoryMiB: 2048,
      phase: 'READY',
      createdAt: ago(7200),
      startedAt: ago(7199.1),
      readyAt: ago(7131),
      lease: lease('21', 'n1'),
      ssh: { host: '10.77.0.11', port: 22000, user: 'debian' },
      warnings: ['emulated: KVM does not work on this node'],
      labels: { project: 'corals', stage: 'test' },
      sshKeys: [{ type: 'ssh-ed25519', fingerprint: 'SHA256:2vGg0n5v6N0y', comment: 'ada@laptop' }],
    }),
  );
  site.add(
    aVm({
      id: id(5),
      name: 'atoll-52',
      goal: 'SUSPEND',
      phase: 'SUSPENDED',
      message: 'Its memory and its disk are saved.',
      createdAt: ago(5000),
      queuedAt: ago(4999.5),
      jobStartedAt: ago(4998.4),
      startedAt: ago(4996.1),
      readyAt: ago(4993.8),
      suspendedAt: ago(1200),
    }),
  );
  site.consoles.set(
    id(4),
    Array.from(
      { length: 60 },
      (_, line) => `[    ${(line / 20).toFixed(6)}] virtio_blk: line ${line}`,
    )
      .concat('', 'Debian GNU/Linux 12 lagoon-118 ttyS0', '', 'lagoon-118 login: ')
      .join('\n'),
  );
  site.leases = [
    aLease({
      id: lease('21', 'n1').id,
      path: 'static',
      owner: 'anemone',
      pool: 'default',
      jobId: '21',
      cores: 4,
      memoryMiB: 3584,
      endsAt: ago(-36_000),
      vms: [id(4)],
    }),
    aLease({
      id: lease('22', 'n2').id,
      path: 'direct',
      owner: 'batch',
      jobId: '22',
      node: 'n2',
      expiring: true,
      endsAt: ago(-240),
      vms: [id(3)],
    }),
  ];
  site.nodes = site.nodes.map((node, index) => ({
    ...node,
    state: ['ALLOCATED', 'MIXED', 'IDLE'][index] ?? 'IDLE',
    allocatedCores: [4, 1, 0][index] ?? 0,
    allocatedMemoryMiB: [4096, 768, 0][index] ?? 0,
    vms:
      index === 0
        ? [{ id: id(4), name: 'lagoon-118', owner: 'researcher', phase: 'READY' as const }]
        : [],
  }));
  site.audit = {
    items: INVARIANTS.map((invariant) => ({ ...invariant, checkedAt: ago(1) })).map((invariant) => {
      switch (invariant.id) {
        case 'I2':
          return {
            ...invariant,
            holds: false,
            violations: [aViolation({ since: ago(4), age: 'PT4S' })],
          };
        case 'I3':
          return notKnown(invariant, 'The scheduler does not tell its jobs at the moment.');
        default:
          return invariant;
      }
    }),
    healed: [
      aViolation({ since: ago(700), age: 'PT6S', healedAt: ago(694) }),
      aViolation({
        invariant: 'I3',
        what: 'The job’s lease is over.',
        subjects: [
          { kind: 'job', id: '17' },
          { kind: 'lease', id: lease('17', 'n2').id },
        ],
        since: ago(9000),
        age: 'PT2S',
        healedAt: ago(8998),
      }),
    ],
  };
  site.pools = site.pools.map((pool) => ({ ...pool, vms: 1, freeCores: 2, freeMemoryMiB: 1536 }));
}

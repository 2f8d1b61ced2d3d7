import type {
  Image,
  ImageRequest,
  PoolRequest,
  User,
  VmRequest,
  VolumeRequest,
} from '../../src/api/types';
import type { VmAction } from '../../src/api/client';
import { aVolume, FLAVORS, PARTITIONS, USAGE } from './samples';
import type { FakeSite } from './site';

interface Refusal {
  status: number;
  code: string;
  detail: string;
  field?: string;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

const problem = ({ status, ...rest }: Refusal): Response =>
  json({ type: 'about:blank', title: rest.code, status, ...rest }, status);

const missing = (): Response =>
  problem({ status: 404, code: 'NOT_FOUND', detail: 'There is no such thing.' });

/** The newest revision, which has one file, with so much of it; once that is all, it can be booted. */
const received = (image: Image, bytes: number): Image => {
  const [newest, ...others] = image.revisions;
  const [file] = newest?.files ?? [];
  if (!newest || !file) return image;
  const done = bytes === file.bytes;
  return {
    ...image,
    current: done ? newest.revision : image.current,
    revisions: [
      {
        ...newest,
        state: done ? 'ACTIVE' : 'RECEIVING',
        files: [{ ...file, received: bytes }],
      },
      ...others,
    ],
  };
};

/** Speaks version 1 of the API for a `FakeSite`. It can misbehave on request. */
export class FakeApi {
  /** Every request but the reading ones, as `METHOD path`. */
  readonly changes: string[] = [];
  private refusal: Refusal | undefined;
  private lose = false;
  down = false;
  hasNoAudit = false;

  constructor(readonly site: FakeSite) {}

  refusesNextChange = (refusal: Refusal): void => void (this.refusal = refusal);
  /** The next change is made, and its answer is lost. */
  losesNextAnswer = (): void => void (this.lose = true);

  readonly fetch = async (request: Request): Promise<Response> => {
    if (this.down) throw new TypeError('Failed to fetch');
    const path = new URL(request.url).pathname.replace('/api/v1', '');
    const token = /anemone_session=([^;]+)/.exec(request.headers.get('Cookie') ?? '')?.[1] ?? '';
    const user = this.site.who(token);
    const reading = request.method === 'GET';

    if (!reading && request.headers.get('X-Requested-With') !== 'anemone') {
      return problem({ status: 403, code: 'FORBIDDEN', detail: 'X-Requested-With is missing.' });
    }
    if (path === '/login') return this.login(request);
    if (!user) return problem({ status: 401, code: 'UNAUTHENTICATED', detail: 'Log in first.' });
    if (reading) return this.read(path, user);

    this.changes.push(`${request.method} ${path}`);
    const refused = this.refusal;
    this.refusal = undefined;
    if (refused) return problem(refused);
    const answer = await this.change(path, user, token, request);
    if (!this.lose) return answer;
    this.lose = false;
    throw new TypeError('Failed to fetch');
  };

  private async login(request: Request): Promise<Response> {
    const { name, password } = (await request.json()) as { name: string; password: string };
    const session = this.site.login(name, password);
    if (!session) {
      const detail = 'The name or the password is wrong.';
      return problem({ status: 401, code: 'UNAUTHENTICATED', detail });
    }
    const cookie = `anemone_session=${session.token}; HttpOnly; SameSite=Strict; Path=/`;
    return json(session, 200, { 'Set-Cookie': cookie });
  }

  private read(path: string, user: User): Response {
    const { site } = this;
    const [, collection = '', id = '', part = ''] = path.split('/');
    const mine = site.visible(user);
    const vm = mine.find((each) => each.id === id);
    switch (collection) {
      case 'me':
        return json(user);
      case 'vms':
        if (!id) return json({ items: mine });
        if (!vm) return missing();
        if (part === 'events') return json({ items: site.histories.get(id) ?? [] });
        if (part === 'stats') return json({ items: vm.phase === 'READY' ? USAGE : [] });
        if (part === 'console-log') return new Response(site.consoles.get(id) ?? '');
        return json(vm);
      case 'images':
        return json({ items: site.images });
      case 'flavors':
        return json({ items: FLAVORS });
      case 'partitions':
        return json({ items: PARTITIONS });
      case 'pools':
        return json({ items: site.pools });
      case 'volumes':
        return json({ items: site.volumes });
      case 'leases':
        return json({ items: site.leases });
      case 'invariants':
        if (user.role !== 'operator') {
          return problem({ status: 403, code: 'FORBIDDEN', detail: 'For operators only.' });
        }
        return this.hasNoAudit
          ? problem({ status: 404, code: 'NOT_FOUND', detail: 'There is no such thing.' })
          : json(site.audit);
      case 'nodes':
        return json({ takenAt: new Date().toISOString(), items: site.nodes });
      default:
        return missing();
    }
  }

  private act(id: string, action: VmAction, user: User): Response {
    const vm = this.site.visible(user).find((each) => each.id === id);
    if (!vm) return missing();
    const answer = this.site.act(vm, action);
    switch (answer) {
      case 'wrong phase':
        return problem({ status: 409, code: 'WRONG_PHASE', detail: `The VM is ${vm.phase}.` });
      case 'not for this path':
        return problem({ status: 409, code: 'NOT_FOR_THIS_PATH', detail: 'It is a direct VM.' });
      default:
        return json(answer, 202);
    }
  }

  private async change(path: string, user: User, token: string, request: Request) {
    const { site } = this;
    const [, collection = '', id = '', , action = ''] = path.split('/');
    switch (`${request.method} ${collection}`) {
      case 'POST logout':
        site.endSession(token);
        return new Response(null, { status: 204 });
      case 'POST vms': {
        if (path.endsWith('/image')) {
          const { name } = (await request.json()) as { name: string };
          const whole = `${user.name}/${name}`;
          return json({ image: id, name: whole, revision: 1, reference: `${whole}@1` }, 202);
        }
        if (id) return this.act(id, action as VmAction, user);
        const key = request.headers.get('Idempotency-Key') ?? undefined;
        const vm = site.create(user.name, (await request.json()) as VmRequest, key);
        return vm === 'conflict'
          ? problem({ status: 409, code: 'IDEMPOTENCY_CONFLICT', detail: 'Another request.' })
          : json(vm, 202, { Location: `/api/v1/vms/${vm.id}` });
      }
      case 'DELETE vms': {
        const vm = site.visible(user).find((each) => each.id === id);
        return vm ? json(site.delete(vm), 202) : missing();
      }
      case 'POST leases':
        site.leases = site.leases.map((lease) =>
          lease.id === id
            ? { ...lease, phase: action === 'drain' ? 'DRAINING' : 'RELEASING' }
            : lease,
        );
        return new Response(null, { status: 202 });
      case 'POST volumes': {
        const volume = aVolume((await request.json()) as VolumeRequest);
        site.volumes = [...site.volumes, volume];
        return json(volume, 201);
      }
      case 'DELETE volumes':
        site.volumes = site.volumes.filter((volume) => volume.id !== id);
        return new Response(null, { status: 204 });
      case 'POST images': {
        if (!id) return json(site.newImage((await request.json()) as ImageRequest), 201);
        const [, , , , , verb] = path.split('/').slice(1);
        if (path.endsWith('/actions/share')) {
          const { visibility } = (await request.json()) as { visibility: string };
          site.changeImage(id, (image) => ({
            ...image,
            visibility: visibility.toUpperCase() as Image['visibility'],
          }));
        } else if (verb === 'make-current') {
          site.changeImage(id, (image) => ({ ...image, current: Number(action) }));
        }
        return json(site.images.find((image) => image.id === id));
      }
      case 'PATCH images': {
        const offset = Number(request.headers.get('Upload-Offset'));
        const bytes = (await request.arrayBuffer()).byteLength;
        site.changeImage(id, (image) => received(image, offset + bytes));
        return new Response(null, {
          status: 204,
          headers: { 'Upload-Offset': String(offset + bytes) },
        });
      }
      case 'PUT pools': {
        const { leases } = (await request.json()) as PoolRequest;
        site.pools = site.pools.map((pool) => (pool.name === id ? { ...pool, leases } : pool));
        return json(site.pools.find(({ name }) => name === id));
      }
      default:
        return missing();
    }
  }
}

import { afterEach, expect, it, vi } from 'vitest';
import { openStream, pause, sendBytes, worthAnotherTry } from './stream';

const sockets: { url: string; protocols: string[] }[] = [];

class FakeSocket {
  static readonly OPEN = 1;
  binaryType = 'blob';
  constructor(url: URL, protocols: string[]) {
    sockets.push({ url: url.href, protocols });
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  sockets.length = 0;
});

it('ticket_isASubprotocolAndStandsInNoAddress', async () => {
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(
      new Response(JSON.stringify({ ticket: 's3cret', path: '/api/v1/vms/7/console/serial' }), {
        status: 201,
      }),
    ),
  );
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('WebSocket', FakeSocket);

  const socket = await openStream('7', 'serial', new AbortController().signal);

  expect(socket.binaryType).toBe('arraybuffer');
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/vms/7/tickets');
  expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"kind":"serial"}');
  expect(sockets).toEqual([
    {
      url: `${location.origin.replace('http', 'ws')}/api/v1/vms/7/console/serial`,
      protocols: ['anemone.v1', 'anemone.ticket.s3cret'],
    },
  ]);
});

it('whatIsPasted_isSentInPieces', () => {
  const sent: number[] = [];
  const socket = { readyState: 1, send: (bytes: Uint8Array) => sent.push(bytes.length) };

  sendBytes(socket as unknown as WebSocket, new Uint8Array(40_000));

  expect(sent).toEqual([16_384, 16_384, 7_232]);
});

it('lostConnection_isTriedAgain_andAnEndIsAnEnd', () => {
  expect([1001, 1006, 4408, 4503].map(worthAnotherTry)).toEqual([true, true, true, true]);
  expect([1000, 4401, 4410, 4502].map(worthAnotherTry)).toEqual([false, false, false, false]);
  expect([0, 1, 2, 9].map(pause)).toEqual([1000, 2000, 4000, 10_000]);
});

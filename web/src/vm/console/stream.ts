import { json } from '../../api/http';

export type StreamKind = 'serial' | 'vnc';

interface Ticket {
  ticket: string;
  path: string;
}

/** What the server agrees to; the ticket beside it is a secret, and stands in no address. */
const PROTOCOL = 'anemone.v1';
const TICKET = 'anemone.ticket.';

/** The text message that says that no more bytes come. */
export const END = 'end';

/** A larger message could be cut into frames that are too large for the server. */
const PIECE = 16 * 1024;

/** Opens a connection to the guest, by a ticket that is good for this one. */
export async function openStream(vm: string, kind: StreamKind, signal: AbortSignal) {
  const { ticket, path } = await json<Ticket>(`/vms/${encodeURIComponent(vm)}/tickets`, {
    method: 'POST',
    body: { kind },
    signal,
  });
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, [PROTOCOL, TICKET + ticket]);
  socket.binaryType = 'arraybuffer';
  return socket;
}

export function sendBytes(socket: WebSocket, bytes: Uint8Array<ArrayBuffer>): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  for (let at = 0; at < bytes.length; at += PIECE) socket.send(bytes.subarray(at, at + PIECE));
}

/** Whether a stream that was closed like this may well be opened again by itself. */
export function worthAnotherTry(code: number): boolean {
  const goingAway = 1001;
  const broken = 1006;
  const silent = 4408;
  const noAgent = 4503;
  return [goingAway, broken, silent, noAgent].includes(code);
}

/** Milliseconds before the next try: soon at first, then every ten seconds. */
export const pause = (tries: number): number => Math.min(10_000, 1000 * 2 ** tries);

import { Problem } from './problem';

const BASE = '/api/v1';

/** The server refuses unsafe methods by cookie without this header: no foreign page can set it. */
const SAME_SITE = { 'X-Requested-With': 'anemone' };

interface Options {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

async function send(path: string, options: Options, accept: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept, ...SAME_SITE, ...options.headers };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(BASE + path, {
    method: options.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    ...(options.signal && { signal: options.signal }),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw Problem.unreachable();
  });
  if (!response.ok) throw await Problem.of(response);
  return response;
}

export async function json<T>(path: string, options: Options = {}): Promise<T> {
  const response = await send(path, options, 'application/json, application/problem+json');
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const OFFSET = 'Upload-Offset';

/** Sends bytes, or only asks; the answer is how many the server has. */
export async function offsetOf(
  path: string,
  signal: AbortSignal,
  piece?: { offset: number; bytes: Blob },
): Promise<number> {
  const response = await fetch(BASE + path, {
    method: piece ? 'PATCH' : 'HEAD',
    headers: {
      Accept: 'application/problem+json',
      ...SAME_SITE,
      ...(piece && {
        'Content-Type': 'application/offset+octet-stream',
        [OFFSET]: String(piece.offset),
      }),
    },
    credentials: 'same-origin',
    ...(piece && { body: piece.bytes }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw Problem.unreachable();
  });
  if (!response.ok) throw await Problem.of(response);
  return Number(response.headers.get(OFFSET));
}

/** For answers whose body does not matter. */
export async function done(path: string, options: Options): Promise<void> {
  await send(path, options, 'application/json, application/problem+json');
}

export async function text(path: string, options: Options = {}): Promise<string> {
  return (await send(path, options, 'text/plain, application/problem+json')).text();
}

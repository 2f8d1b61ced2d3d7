import { useRef } from 'react';

/** Random without TLS too, where browsers have no `crypto.randomUUID`. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * One key for as long as the form asks for the same thing: a double click, or a second try after a lost
 * answer, makes one VM. A changed form is another request and gets another key.
 */
export function useIdempotencyKey(): (request: unknown) => string {
  const last = useRef({ request: '', key: '' });
  return (request) => {
    const text = JSON.stringify(request);
    if (last.current.request !== text) last.current = { request: text, key: newKey() };
    return last.current.key;
  };
}

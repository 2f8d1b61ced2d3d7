/** Where to go after logging in: only ever to a page of this dashboard. */
export function nextPage(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  const here = window.location.origin;
  // The browser's own reading of the address decides: `//host` and `/\host` lead away.
  if (!next.startsWith('/') || !URL.canParse(next, here)) return '/vms';
  const url = new URL(next, here);
  return url.origin === here ? url.pathname + url.search : '/vms';
}

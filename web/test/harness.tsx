import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { vi } from 'vitest';
import { App } from '../src/App';
import { newQueryClient } from '../src/api/queryClient';
import { FakeApi } from './fake/api';
import { NOW } from './fake/samples';
import { FakeSite } from './fake/site';

/** The stream of changes without a network; `site` is what it tells of. */
function eventSource(site: FakeSite) {
  return class extends EventTarget {
    onopen: (() => void) | null = null;
    onerror: (() => void) | null = null;
    private readonly stop = site.subscribe(({ event, data }) =>
      this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) })),
    );

    constructor() {
      super();
      queueMicrotask(() => this.onopen?.());
    }

    close() {
      this.stop();
    }
  };
}

function Where() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

/** jsdom's blobs are not those of the platform's own requests. */
const bytes = (blob: Blob): Promise<ArrayBuffer> =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(blob);
  });

/** The whole dashboard over a site in memory, opened at an address, by somebody or by nobody. */
export function open(address: string, as?: 'researcher' | 'operator') {
  const site = new FakeSite(() => NOW);
  const api = new FakeApi(site);
  let token = as ? (site.login(as, as === 'operator' ? 'tide' : 'reef')?.token ?? '') : '';

  vi.stubGlobal('EventSource', eventSource(site));
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = init.body instanceof Blob ? await bytes(init.body) : init.body;
    const request = new Request(`http://localhost${path}`, {
      ...init,
      ...(body && { body }),
      signal: null,
    });
    request.headers.set('Cookie', `anemone_session=${token}`);
    const response = await api.fetch(request);
    token = /anemone_session=([^;]+)/.exec(response.headers.get('Set-Cookie') ?? '')?.[1] ?? token;
    return response;
  });

  const show = () =>
    render(
      <QueryClientProvider client={newQueryClient()}>
        <MemoryRouter initialEntries={[address]}>
          <App />
          <Where />
        </MemoryRouter>
      </QueryClientProvider>,
    );
  return { site, api, user: userEvent.setup(), show };
}

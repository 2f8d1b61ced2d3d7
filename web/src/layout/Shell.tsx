import { Page, SkipToContent } from '@patternfly/react-core';
import { Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Crash } from './Crash';
import { Loading } from './Loading';
import { Sidebar } from './Sidebar';
import { Top } from './Top';

const CONTENT = 'content';
const NARROW = '(max-width: 74.99rem)';

/** What surrounds every page: the bar on top, the navigation, and the room for the page itself. */
export function Shell() {
  const { pathname } = useLocation();
  const [open, setOpen] = useState(() => !window.matchMedia(NARROW).matches);
  const followed = () => {
    if (window.matchMedia(NARROW).matches) setOpen(false);
  };

  return (
    <Page
      masthead={<Top onToggle={() => setOpen(!open)} open={open} />}
      sidebar={<Sidebar open={open} onFollow={followed} />}
      skipToContent={<SkipToContent href={`#${CONTENT}`}>Skip to content</SkipToContent>}
      mainContainerId={CONTENT}
    >
      <Crash key={pathname}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </Crash>
    </Page>
  );
}

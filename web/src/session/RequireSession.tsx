import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Live } from '../api/Live';
import { Loading } from '../layout/Loading';
import { ProblemPage } from '../layout/ProblemPage';
import { UserContext, useSession } from './session';

/** Shows its children to somebody who is logged in; others log in first and then come back here. */
export function RequireSession({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname, search } = useLocation();

  if (session.isPending) return <Loading />;
  if (session.isError) {
    return <ProblemPage error={session.error} retry={() => void session.refetch()} />;
  }
  if (!session.data) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return (
    <UserContext value={session.data}>
      <Live key={session.data.name}>{children}</Live>
    </UserContext>
  );
}

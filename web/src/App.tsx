import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { Loading } from './layout/Loading';
import { NotFoundPage } from './layout/NotFoundPage';
import { Shell } from './layout/Shell';
import { RequireSession } from './session/RequireSession';

const LoginPage = lazy(() => import('./session/LoginPage'));
const VmListPage = lazy(() => import('./vm/list/VmListPage'));
const LaunchPage = lazy(() => import('./vm/launch/LaunchPage'));
const VmPage = lazy(() => import('./vm/page/VmPage'));
const VolumesPage = lazy(() => import('./volumes/VolumesPage'));
const ImagesPage = lazy(() => import('./image/ImagesPage'));
const InvariantsPage = lazy(() => import('./invariants/InvariantsPage'));
const ClusterPage = lazy(() => import('./cluster/ClusterPage'));

export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route
          element={
            <RequireSession>
              <Shell />
            </RequireSession>
          }
        >
          <Route index element={<Navigate to="/vms" replace />} />
          <Route path="/vms" element={<VmListPage />} />
          <Route path="/vms/launch" element={<LaunchPage />} />
          <Route path="/vms/:id" element={<VmPage />} />
          <Route path="/volumes" element={<VolumesPage />} />
          <Route path="/images" element={<ImagesPage />} />
          <Route path="/cluster" element={<ClusterPage />} />
          <Route path="/invariants" element={<InvariantsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

import { Nav, NavItem, NavList, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import ClusterIcon from '@patternfly/react-icons/dist/esm/icons/cluster-icon';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import ClipboardCheckIcon from '@patternfly/react-icons/dist/esm/icons/clipboard-check-icon';
import StorageDomainIcon from '@patternfly/react-icons/dist/esm/icons/storage-domain-icon';
import VirtualMachineIcon from '@patternfly/react-icons/dist/esm/icons/virtual-machine-icon';
import { NavLink, useLocation } from 'react-router';
import { useUser } from '../session/session';

const PAGES = [
  { to: '/vms', label: 'Virtual machines', icon: <VirtualMachineIcon /> },
  { to: '/vms/launch', label: 'Launch', icon: <PlusCircleIcon /> },
  { to: '/volumes', label: 'Volumes', icon: <StorageDomainIcon /> },
  { to: '/images', label: 'Images', icon: <CubesIcon /> },
  { to: '/cluster', label: 'Nodes and leases', icon: <ClusterIcon /> },
];

const OPERATORS_PAGES = [{ to: '/invariants', label: 'Invariants', icon: <ClipboardCheckIcon /> }];

export function Sidebar({ open, onFollow }: { open: boolean; onFollow: () => void }) {
  const { pathname } = useLocation();
  const pages = useUser().role === 'operator' ? [...PAGES, ...OPERATORS_PAGES] : PAGES;
  return (
    <PageSidebar isSidebarOpen={open}>
      <PageSidebarBody>
        <Nav aria-label="Pages" onSelect={onFollow}>
          <NavList>
            {pages.map(({ to, label, icon }) => (
              <NavItem key={to} isActive={pathname === to}>
                <NavLink to={to} end>
                  <span className="pf-v6-c-nav__link-icon">{icon}</span>
                  {label}
                </NavLink>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

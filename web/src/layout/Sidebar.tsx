import { Nav, NavItem, NavList, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import ClusterIcon from '@patternfly/react-icons/dist/esm/icons/cluster-icon';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import VirtualMachineIcon from '@patternfly/react-icons/dist/esm/icons/virtual-machine-icon';
import { NavLink, useLocation } from 'react-router';

const PAGES = [
  { to: '/vms', label: 'Virtual machines', icon: <VirtualMachineIcon /> },
  { to: '/vms/launch', label: 'Launch', icon: <PlusCircleIcon /> },
  { to: '/cluster', label: 'Nodes and leases', icon: <ClusterIcon /> },
];

export function Sidebar({ open, onFollow }: { open: boolean; onFollow: () => void }) {
  const { pathname } = useLocation();
  return (
    <PageSidebar isSidebarOpen={open}>
      <PageSidebarBody>
        <Nav aria-label="Pages" onSelect={onFollow}>
          <NavList>
            {PAGES.map(({ to, label, icon }) => (
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

import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import UserIcon from '@patternfly/react-icons/dist/esm/icons/user-icon';
import { useState } from 'react';
import { useLogout, useUser } from '../session/session';

export function AccountMenu() {
  const user = useUser();
  const logout = useLogout();
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          isExpanded={open}
          onClick={() => setOpen(!open)}
          icon={<UserIcon />}
          aria-label={`Account: ${user.name}`}
        >
          <span className="anemone-wide">{user.name}</span>
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem key="who" isDisabled description={roleWords(user.role)}>
          {user.name}
        </DropdownItem>
        <DropdownItem key="logout" onClick={() => void logout()}>
          Log out
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

const roleWords = (role: string): string => (role === 'operator' ? 'Operator' : 'User');

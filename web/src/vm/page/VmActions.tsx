import {
  ActionListItem,
  Button,
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core';
import PlayIcon from '@patternfly/react-icons/dist/esm/icons/play-icon';
import { useState } from 'react';
import type { Vm } from '../../api/types';
import { ACTION, actionsFor } from '../actions';
import { useVmActions } from '../useVmActions';

/** What can be done with the VM besides deleting it. What a suspended one waits for is a button of its own. */
export function VmActions({ vm }: { vm: Vm }) {
  const [open, setOpen] = useState(false);
  const { ask, shown } = useVmActions();
  const actions = actionsFor(vm);
  const inMenu = actions.filter((action) => action !== 'resume');
  return (
    <>
      {actions.includes('resume') && (
        <ActionListItem>
          <Button icon={<PlayIcon />} onClick={() => ask(vm, 'resume')}>
            {ACTION.resume.label}
          </Button>
        </ActionListItem>
      )}
      {inMenu.length > 0 && (
        <ActionListItem>
          <Dropdown
            isOpen={open}
            onOpenChange={setOpen}
            onSelect={() => setOpen(false)}
            popperProps={{
              position: 'right',
              preventOverflow: true,
              maxWidth: '20rem',
              appendTo: 'inline',
            }}
            shouldFocusFirstItemOnOpen
            toggle={(toggle) => (
              <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)}>
                Actions
              </MenuToggle>
            )}
          >
            <DropdownList>
              {inMenu.map((action) => (
                <DropdownItem
                  key={action}
                  description={ACTION[action].means}
                  onClick={() => ask(vm, action)}
                >
                  {ACTION[action].label}
                </DropdownItem>
              ))}
            </DropdownList>
          </Dropdown>
        </ActionListItem>
      )}
      {shown}
    </>
  );
}

import { Badge, MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { useState } from 'react';

interface Props<T extends string> {
  label: string;
  options: readonly T[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
  words?: (option: T) => string;
}

/** A menu of which several may be chosen; none chosen means all. */
export function FilterMenu<T extends string>(props: Props<T>) {
  const { label, options, chosen, onChange, words = (option: T) => option } = props;
  const [open, setOpen] = useState(false);
  const toggle = (option: T) =>
    onChange(
      chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option],
    );
  return (
    <Select
      role="menu"
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={(_event, value) => toggle(value as T)}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          isExpanded={open}
          onClick={() => setOpen(!open)}
          {...(chosen.length > 0 && { badge: <Badge isRead>{chosen.length}</Badge> })}
        >
          {label}
        </MenuToggle>
      )}
    >
      <SelectList>
        {options.map((option) => (
          <SelectOption
            key={option}
            value={option}
            hasCheckbox
            isSelected={chosen.includes(option)}
          >
            {words(option)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}

import {
  Button,
  SearchInput,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { PATHS, PHASES, type Vm } from '../../api/types';
import { useUser } from '../../session/session';
import { PATH } from '../path';
import { PHASE } from '../phase';
import { FilterMenu } from './FilterMenu';
import { inState, STATES, type Filter, type State } from './filter';

const STATE_WORDS: Record<State, string> = { active: 'Active', over: 'Over', all: 'All' };

interface Props {
  vms: Vm[];
  filter: Filter;
  onChange: (change: Partial<Filter>) => void;
  chosen: number;
  onDelete: () => void;
}

export function FilterBar({ vms, filter, onChange, chosen, onDelete }: Props) {
  const operator = useUser().role === 'operator';
  const owners = [...new Set(vms.map(({ owner }) => owner))].sort();
  return (
    <Toolbar inset={{ default: 'insetNone' }} aria-label="Filters">
      <ToolbarContent>
        <ToolbarItem>
          <ToggleGroup aria-label="Which VMs">
            {STATES.map((state) => (
              <ToggleGroupItem
                key={state}
                buttonId={`state-${state}`}
                text={`${STATE_WORDS[state]} (${vms.filter((vm) => inState(vm, state)).length})`}
                isSelected={filter.state === state}
                onChange={() => onChange({ state })}
              />
            ))}
          </ToggleGroup>
        </ToolbarItem>
        <ToolbarItem>
          <SearchInput
            aria-label="Search"
            placeholder="Name, node, job …"
            value={filter.text}
            onChange={(_event, text) => onChange({ text })}
            onClear={() => onChange({ text: '' })}
          />
        </ToolbarItem>
        <ToolbarItem>
          <FilterMenu
            label="Phase"
            options={PHASES}
            chosen={filter.phases}
            onChange={(phases) => onChange({ phases })}
            words={(phase) => PHASE[phase].label}
          />
        </ToolbarItem>
        <ToolbarItem>
          <FilterMenu
            label="Path"
            options={PATHS}
            chosen={filter.paths}
            onChange={(paths) => onChange({ paths })}
            words={(path) => PATH[path].label}
          />
        </ToolbarItem>
        {operator && (
          <ToolbarItem>
            <FilterMenu
              label="Owner"
              options={owners}
              chosen={filter.owners}
              onChange={(chosenOwners) => onChange({ owners: chosenOwners })}
            />
          </ToolbarItem>
        )}
        {chosen > 0 && (
          <ToolbarItem align={{ default: 'alignEnd' }}>
            <Button variant="danger" onClick={onDelete}>
              Delete {chosen}
            </Button>
          </ToolbarItem>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}

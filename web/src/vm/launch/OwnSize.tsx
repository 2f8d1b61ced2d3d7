import { Flex, TextInput } from '@patternfly/react-core';
import { Field } from '../../ui/Field';
import type { SectionProps } from './SectionProps';

const NUMBERS = [
  { id: 'vcpus', label: 'vCPUs' },
  { id: 'memoryMiB', label: 'Memory in MiB' },
] as const;

export function OwnSize({ draft, errors, change }: SectionProps) {
  return (
    <Flex alignItems={{ default: 'alignItemsFlexStart' }} gap={{ default: 'gapLg' }}>
      {NUMBERS.map(({ id, label }) => (
        <Field key={id} id={id} label={label} isRequired error={errors[id]}>
          <TextInput
            id={id}
            inputMode="numeric"
            value={draft[id]}
            onChange={(_event, value) => change({ [id]: value.trim() })}
            validated={errors[id] ? 'error' : 'default'}
            aria-describedby={`${id}-help`}
            className="anemone-number"
          />
        </Field>
      ))}
    </Flex>
  );
}

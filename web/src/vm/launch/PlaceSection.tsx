import {
  FormSection,
  FormSelect,
  FormSelectOption,
  TextInput,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import { usePartitions } from '../../api/queries';
import { isoWords, parseHuman } from '../../time/duration';
import { Field } from '../../ui/Field';
import { PoolField } from './PoolField';
import type { SectionProps } from './SectionProps';

const PRESETS = ['30 min', '1 h', '4 h', '12 h', '1 d'];

export function PlaceSection(props: SectionProps) {
  const { draft, errors, change } = props;
  const scheduled = draft.path === 'scheduled';
  return (
    <FormSection title="How long and where" titleElement="h2">
      <Field
        id="walltime"
        label="Walltime"
        isRequired={scheduled}
        error={errors.walltime}
        help={
          scheduled
            ? 'The guest is shut down when it is used up. A shorter job often starts sooner.'
            : 'The guest is shut down when it is used up. Empty: as long as the pool’s lease lasts.'
        }
      >
        <div className="anemone-row">
          <TextInput
            id="walltime"
            value={draft.walltime}
            onChange={(_event, walltime) => change({ walltime })}
            validated={errors.walltime ? 'error' : 'default'}
            aria-describedby="walltime-help"
            className="anemone-number"
          />
          <ToggleGroup aria-label="Usual walltimes">
            {PRESETS.map((preset) => (
              <ToggleGroupItem
                key={preset}
                text={preset}
                buttonId={`walltime-${preset.replace(' ', '')}`}
                isSelected={parseHuman(draft.walltime) === parseHuman(preset)}
                onChange={() => change({ walltime: preset })}
              />
            ))}
          </ToggleGroup>
        </div>
      </Field>
      {scheduled ? <PartitionField {...props} /> : <PoolField {...props} />}
    </FormSection>
  );
}

function PartitionField({ draft, errors, change }: SectionProps) {
  const { data: partitions = [] } = usePartitions();
  const usual = partitions.find(({ isDefault }) => isDefault)?.name;
  return (
    <Field id="partition" label="Partition" error={errors.partition}>
      <FormSelect
        id="partition"
        value={draft.partition}
        onChange={(_event, partition) => change({ partition })}
        validated={errors.partition ? 'error' : 'default'}
        className="anemone-short"
      >
        <FormSelectOption value="" label={usual ? `Default (${usual})` : 'Default'} />
        {partitions.map(({ name, maxWalltime }) => (
          <FormSelectOption
            key={name}
            value={name}
            label={maxWalltime ? `${name}, at most ${isoWords(maxWalltime)}` : name}
          />
        ))}
      </FormSelect>
    </Field>
  );
}

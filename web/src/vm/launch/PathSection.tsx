import { FormSection } from '@patternfly/react-core';
import type { LaunchPath } from '../../api/types';
import { Field } from '../../ui/Field';
import { Tiles } from '../../ui/Tiles';
import { PATH } from '../path';
import type { SectionProps } from './SectionProps';

const SHOWN: LaunchPath[] = ['scheduled', 'static', 'direct'];

export function PathSection({ draft, errors, change }: SectionProps) {
  return (
    <FormSection title="How it gets its place" titleElement="h2">
      <Field id="path" label="Launch path" role="group" error={errors.path}>
        <Tiles
          name="path"
          label="Launch path"
          tiles={SHOWN.map((path) => ({
            value: path,
            title: PATH[path].label,
            body: PATH[path].means,
          }))}
          chosen={draft.path}
          onChoose={(path) => change({ path })}
        />
      </Field>
    </FormSection>
  );
}

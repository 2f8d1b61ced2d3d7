import { Checkbox, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { Field } from '../../ui/Field';
import type { SectionProps } from './SectionProps';

const PROBES: readonly [string, string][] = [
  ['', 'As the image says'],
  ['ssh', 'Its ssh server answers'],
  ['agent', 'Its guest agent answers'],
  ['console', 'Its console shows a text'],
  ['cloud-init', 'cloud-init is done, user data included'],
  ['none', 'Its domain runs'],
];

/** What makes the VM READY, and by when. */
export function ReadinessFields({ draft, errors, change }: SectionProps) {
  return (
    <>
      <Field
        id="readiness"
        label="Ready when"
        error={errors.readiness}
        help="Until then it is RUNNING, and nobody is told to log in."
      >
        <FormSelect
          id="readiness"
          value={draft.readiness}
          onChange={(_event, readiness) => change({ readiness })}
          validated={errors.readiness ? 'error' : 'default'}
          className="anemone-short"
        >
          {PROBES.map(([value, label]) => (
            <FormSelectOption key={value} value={value} label={label} />
          ))}
        </FormSelect>
      </Field>
      {draft.readiness === 'console' && (
        <Field
          id="readyText"
          label="Text on the console"
          error={errors.readyText}
          help="Plain text on one line, such as “login:”."
        >
          <TextInput
            id="readyText"
            value={draft.readyText}
            onChange={(_event, readyText) => change({ readyText })}
            validated={errors.readyText ? 'error' : 'default'}
            className="anemone-short"
          />
        </Field>
      )}
      <Field
        id="readyWithin"
        label="Ready within"
        error={errors.readyWithin}
        help="Its boot deadline, such as 10 min. Empty: as the image says."
      >
        <TextInput
          id="readyWithin"
          value={draft.readyWithin}
          onChange={(_event, readyWithin) => change({ readyWithin })}
          validated={errors.readyWithin ? 'error' : 'default'}
          className="anemone-short"
        />
        <Checkbox
          id="readyOrFail"
          label="End it when it is late"
          isChecked={draft.readyOrFail !== ''}
          onChange={(_event, on) => change({ readyOrFail: on ? 'fail' : '' })}
        />
      </Field>
    </>
  );
}

import { ExpandableSection, TextArea, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { Field } from '../../ui/Field';
import { ReadinessFields } from './ReadinessFields';
import type { SectionProps } from './SectionProps';

/** What few need; opens by itself when something in it is wrong. */
export function MoreSection({ draft, errors, change }: SectionProps) {
  const [open, setOpen] = useState(false);
  const wrong = Boolean(
    errors.project ??
    errors.ports ??
    errors.labels ??
    errors.userData ??
    errors.readiness ??
    errors.readyText ??
    errors.readyWithin,
  );
  return (
    <ExpandableSection
      toggleText="Project, published ports, labels, user data, readiness"
      isExpanded={open || wrong}
      onToggle={(_event, expanded) => setOpen(expanded)}
    >
      <div className="anemone-more">
        <Field
          id="project"
          label="Project"
          error={errors.project}
          help="The account that the scheduler charges. Empty: your default one."
        >
          <TextInput
            id="project"
            value={draft.project}
            onChange={(_event, project) => change({ project })}
            validated={errors.project ? 'error' : 'default'}
            className="anemone-short"
          />
        </Field>
        <Field
          id="ports"
          label="Published ports"
          error={errors.ports}
          help="TCP ports of the guest, such as 80, 443. Each gets a port of its node, open to all who reach the node."
        >
          <TextInput
            id="ports"
            value={draft.ports}
            onChange={(_event, ports) => change({ ports })}
            validated={errors.ports ? 'error' : 'default'}
            className="anemone-short"
          />
        </Field>
        <Field id="labels" label="Labels" error={errors.labels} help="key=value, one a line.">
          <TextArea
            id="labels"
            value={draft.labels}
            onChange={(_event, labels) => change({ labels })}
            validated={errors.labels ? 'error' : 'default'}
            resizeOrientation="vertical"
            rows={2}
          />
        </Field>
        <Field
          id="userData"
          label="User data"
          error={errors.userData}
          help="Given to cloud-init on first boot. Not for secrets: it can be read inside the guest."
        >
          <TextArea
            id="userData"
            value={draft.userData}
            onChange={(_event, userData) => change({ userData })}
            validated={errors.userData ? 'error' : 'default'}
            resizeOrientation="vertical"
            rows={5}
            placeholder="#cloud-config"
            className="anemone-mono"
          />
        </Field>
        <ReadinessFields draft={draft} errors={errors} change={change} />
      </div>
    </ExpandableSection>
  );
}

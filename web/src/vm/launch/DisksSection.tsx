import { ExpandableSection, TextArea, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { Field } from '../../ui/Field';
import type { SectionProps } from './SectionProps';
import { VolumesField } from './VolumesField';

/** Disks besides what the image gives; opens by itself when something in it is wrong. */
export function DisksSection(props: SectionProps) {
  const { draft, errors, change } = props;
  const [open, setOpen] = useState(false);
  const wrong = Boolean(errors.rootGiB ?? errors.scratchGiB ?? errors.volumes ?? errors.shares);
  return (
    <ExpandableSection
      toggleText="Disks: volumes, scratch, shares"
      isExpanded={open || wrong}
      onToggle={(_event, expanded) => setOpen(expanded)}
    >
      <div className="anemone-more">
        <VolumesField {...props} />
        <Field
          id="scratchGiB"
          label="Scratch disks"
          error={errors.scratchGiB}
          help="Sizes in GiB, separated by commas, at most four. They are empty, and end with the VM."
        >
          <TextInput
            id="scratchGiB"
            value={draft.scratchGiB}
            onChange={(_event, scratchGiB) => change({ scratchGiB })}
            validated={errors.scratchGiB ? 'error' : 'default'}
            placeholder="10, 50"
            className="anemone-short"
          />
        </Field>
        <Field
          id="rootGiB"
          label="Root disk"
          error={errors.rootGiB}
          help="Size in GiB. Empty: as large as the image’s. It ends with the VM."
        >
          <TextInput
            id="rootGiB"
            value={draft.rootGiB}
            onChange={(_event, rootGiB) => change({ rootGiB })}
            validated={errors.rootGiB ? 'error' : 'default'}
            inputMode="numeric"
            className="anemone-number"
          />
        </Field>
        {draft.path !== 'static' && (
          <Field
            id="shares"
            label="Shared directories"
            error={errors.shares}
            help="directory=tag, one a line, with :ro at the end to read only. In the guest: mount -t 9p -o trans=virtio TAG /mnt"
          >
            <TextArea
              id="shares"
              value={draft.shares}
              onChange={(_event, shares) => change({ shares })}
              validated={errors.shares ? 'error' : 'default'}
              resizeOrientation="vertical"
              rows={2}
              placeholder="/scratch/me=scratch"
              className="anemone-mono"
            />
          </Field>
        )}
      </div>
    </ExpandableSection>
  );
}

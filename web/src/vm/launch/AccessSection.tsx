import { Checkbox, FileUpload, FormSection } from '@patternfly/react-core';
import { useState } from 'react';
import { Field } from '../../ui/Field';
import type { SectionProps } from './SectionProps';

interface Props extends SectionProps {
  keep: boolean;
  onKeep: (keep: boolean) => void;
}

export function AccessSection({ draft, errors, change, keep, onKeep }: Props) {
  const [file, setFile] = useState('');
  return (
    <FormSection title="Who may log in" titleElement="h2">
      <Field
        id="sshKeys"
        label="SSH public keys"
        error={errors.sshKeys}
        help={
          <>
            One a line, usually the content of <code>~/.ssh/id_ed25519.pub</code>. Without one
            nobody can log in.
          </>
        }
      >
        <FileUpload
          id="sshKeys"
          type="text"
          value={draft.sshKeys}
          filename={file}
          filenamePlaceholder="Drop a .pub file here, or upload one"
          browseButtonText="Upload"
          allowEditingUploadedText
          validated={errors.sshKeys ? 'error' : 'default'}
          onFileInputChange={(_event, chosen) => setFile(chosen.name)}
          onDataChange={(_event, sshKeys) => change({ sshKeys })}
          onTextChange={(_event, sshKeys) => change({ sshKeys })}
          onClearClick={() => {
            setFile('');
            change({ sshKeys: '' });
          }}
          textAreaPlaceholder="ssh-ed25519 AAAA… you@laptop"
          aria-label="SSH public keys"
          className="anemone-keys"
        />
      </Field>
      {draft.path !== 'direct' && (
        <Checkbox
          id="keep"
          label="Keep them in this browser for the next VM"
          isChecked={keep}
          onChange={(_event, on) => onKeep(on)}
        />
      )}
    </FormSection>
  );
}

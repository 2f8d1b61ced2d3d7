import {
  Button,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Radio,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import * as client from '../api/client';
import { keys } from '../api/queries';
import type { Image } from '../api/types';
import { Field } from '../ui/Field';
import { ProblemAlert } from '../ui/ProblemAlert';

const CHOICES = [
  { value: 'PRIVATE', label: 'Nobody else' },
  { value: 'PROJECT', label: 'A project' },
  { value: 'PUBLIC', label: 'Everybody' },
] as const;

export function ShareDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const cache = useQueryClient();
  const [visibility, setVisibility] = useState(image.visibility);
  const [project, setProject] = useState(image.project ?? '');
  const save = useMutation({
    mutationFn: () =>
      client.shareImage(image.id, {
        visibility: visibility.toLowerCase(),
        ...(visibility === 'PROJECT' && { project }),
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.images });
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="share-title">
      <ModalHeader title={`Who may boot ${image.name}?`} labelId="share-title" />
      <ModalBody>
        <Form id="share-form" onSubmit={submit}>
          <Field id="share-visibility" label="Beside you" role="group">
            {CHOICES.map(({ value, label }) => (
              <Radio
                key={value}
                id={`share-${value}`}
                name="visibility"
                label={label}
                isChecked={visibility === value}
                onChange={() => setVisibility(value)}
              />
            ))}
          </Field>
          {visibility === 'PROJECT' && (
            <Field id="share-project" label="Project" isRequired>
              <TextInput
                id="share-project"
                value={project}
                onChange={(_event, value) => setProject(value)}
              />
            </Field>
          )}
          {save.isError && <ProblemAlert error={save.error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="share-form"
          isLoading={save.isPending}
          isDisabled={save.isPending || (visibility === 'PROJECT' && project === '')}
        >
          Save
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

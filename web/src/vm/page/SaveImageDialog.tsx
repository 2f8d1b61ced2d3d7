import {
  Alert,
  Button,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import * as client from '../../api/client';
import { keys } from '../../api/queries';
import type { Vm } from '../../api/types';
import { Field } from '../../ui/Field';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useIdempotencyKey } from '../launch/useIdempotencyKey';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** Saves a VM's disk as an image; how it goes is told by its history and by the page of images. */
export function SaveImageDialog({ vm, onClose }: { vm: Vm; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const keyOf = useIdempotencyKey();
  const wrong = NAME.test(name)
    ? undefined
    : 'At most 63 lower-case letters, digits and . _ - , with a letter or digit first.';
  const save = useMutation({
    mutationFn: () => client.saveImage(vm.id, { name }, keyOf({ name })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.images }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong) save.mutate();
  };
  const shown = tried ? wrong : undefined;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="save-image-title">
      <ModalHeader title={`Save ${vm.name} as an image`} labelId="save-image-title" />
      <ModalBody>
        {save.isSuccess ? (
          <Alert isInline variant="success" title={`It is being saved as ${save.data.reference}`}>
            The VM’s history tells how it goes, and so does the page of{' '}
            <Link to="/images">images</Link>.
          </Alert>
        ) : (
          <Form id="save-image-form" onSubmit={submit} noValidate>
            <p>
              Its root disk is copied while the guest runs on. What the guest has synced is in the
              image; memory, scratch disks and volumes are not. The image is private.
            </p>
            <Field
              id="save-image-name"
              label="Image’s name"
              isRequired
              error={shown}
              help={`It will be called ${vm.owner}/${name || 'NAME'}. One that is there gets a new revision.`}
            >
              <TextInput
                id="save-image-name"
                value={name}
                onChange={(_event, value) => setName(value)}
                validated={shown ? 'error' : 'default'}
              />
            </Field>
            {save.isError && <ProblemAlert error={save.error} />}
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        {!save.isSuccess && (
          <Button
            type="submit"
            form="save-image-form"
            isLoading={save.isPending}
            isDisabled={save.isPending}
          >
            Save
          </Button>
        )}
        <Button variant="link" onClick={onClose}>
          {save.isSuccess ? 'Close' : 'Cancel'}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

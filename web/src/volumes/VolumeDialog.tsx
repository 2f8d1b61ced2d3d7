import {
  Button,
  Form,
  FormSelect,
  FormSelectOption,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import * as client from '../api/client';
import { keys } from '../api/queries';
import type { VolumePlace } from '../api/types';
import { Field } from '../ui/Field';
import { ProblemAlert } from '../ui/ProblemAlert';
import { PLACE } from './place';

const NAME = /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/;
const SIZE = /^[1-9]\d{0,6}$/;

export function VolumeDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [size, setSize] = useState('10');
  const [place, setPlace] = useState<VolumePlace>('job');
  const [tried, setTried] = useState(false);
  const wrong = {
    ...(!NAME.test(name) && { name: 'At most 20 lower-case letters, digits and hyphens.' }),
    ...(!SIZE.test(size) && { size: 'A whole number of GiB.' }),
  };
  const make = useMutation({
    mutationFn: () => client.createVolume({ name, sizeGiB: Number(size), place }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.volumes });
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length === 0) make.mutate();
  };
  const shown = tried ? wrong : {};
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="volume-title">
      <ModalHeader title="Make a volume" labelId="volume-title" />
      <ModalBody>
        <Form id="volume-form" onSubmit={submit} noValidate>
          <Field
            id="volume-name"
            label="Volume’s name"
            isRequired
            error={shown.name}
            help={`In the guest: /dev/disk/by-id/virtio-${name || 'NAME'}`}
          >
            <TextInput
              id="volume-name"
              value={name}
              onChange={(_event, value) => setName(value)}
              validated={shown.name ? 'error' : 'default'}
            />
          </Field>
          <Field
            id="volume-size"
            label="Size in GiB"
            isRequired
            error={shown.size}
            help="It cannot be changed later. The volume is empty: the first guest formats it."
          >
            <TextInput
              id="volume-size"
              inputMode="numeric"
              value={size}
              onChange={(_event, value) => setSize(value)}
              validated={shown.size ? 'error' : 'default'}
            />
          </Field>
          <Field
            id="volume-place"
            label="For"
            help="Static VMs run under the service’s account, the others under yours: a volume is kept by one of the two."
          >
            <FormSelect
              id="volume-place"
              value={place}
              onChange={(_event, value) => setPlace(value as VolumePlace)}
            >
              <FormSelectOption value="job" label={PLACE.job} />
              <FormSelectOption value="pool" label={PLACE.pool} />
            </FormSelect>
          </Field>
        </Form>
        {make.isError && <ProblemAlert error={make.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="volume-form"
          isLoading={make.isPending}
          isDisabled={make.isPending}
        >
          Make
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

import {
  Button,
  Form,
  FormSelect,
  FormSelectOption,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  NumberInput,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import * as client from '../api/client';
import { keys, usePartitions } from '../api/queries';
import type { Pool } from '../api/types';
import { isoWords, parseHuman, toIso } from '../time/duration';
import { Field } from '../ui/Field';
import { ProblemAlert } from '../ui/ProblemAlert';

export function PoolDialog({ pool, onClose }: { pool: Pool; onClose: () => void }) {
  const cache = useQueryClient();
  const { data: partitions = [] } = usePartitions();
  const [leases, setLeases] = useState(pool.leases);
  const [partition, setPartition] = useState(pool.partition ?? '');
  const [walltime, setWalltime] = useState(isoWords(pool.walltime));
  const seconds = parseHuman(walltime);

  const save = useMutation({
    mutationFn: () =>
      client.putPool(pool.name, {
        leases,
        renewBefore: pool.renewBefore,
        ...(partition && { partition }),
        ...(seconds !== undefined && { walltime: toIso(seconds) }),
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.pools });
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="pool-title">
      <ModalHeader title={`Change pool ${pool.name}`} labelId="pool-title" />
      <ModalBody>
        <Form id="pool-form" onSubmit={submit}>
          <Field
            id="pool-leases"
            label="Nodes to hold"
            help="Fewer: the leases that are given up drain first, VMs on them live on."
          >
            <NumberInput
              id="pool-leases"
              inputName="leases"
              inputAriaLabel="Nodes to hold"
              minusBtnAriaLabel="One fewer"
              plusBtnAriaLabel="One more"
              min={0}
              value={leases}
              onMinus={() => setLeases(Math.max(0, leases - 1))}
              onPlus={() => setLeases(leases + 1)}
              onChange={(event) => setLeases(Math.max(0, Number(event.currentTarget.value) || 0))}
            />
          </Field>
          <Field id="pool-partition" label="Partition">
            <FormSelect
              id="pool-partition"
              value={partition}
              onChange={(_event, value) => setPartition(value)}
            >
              <FormSelectOption value="" label="Default" />
              {partitions.map(({ name }) => (
                <FormSelectOption key={name} value={name} label={name} />
              ))}
            </FormSelect>
          </Field>
          <Field
            id="pool-walltime"
            label="Walltime of a lease"
            error={seconds === undefined ? 'Write it like 12 h or 2 d.' : undefined}
          >
            <TextInput
              id="pool-walltime"
              value={walltime}
              onChange={(_event, value) => setWalltime(value)}
              validated={seconds === undefined ? 'error' : 'default'}
            />
          </Field>
          {save.isError && <ProblemAlert error={save.error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="pool-form"
          isLoading={save.isPending}
          isDisabled={save.isPending || seconds === undefined}
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

import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string;
  /** The button that goes ahead says what it does. */
  verb: string;
  /** The way out. */
  cancel?: string;
  children: ReactNode;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be undone; stays open when it fails and says why. */
export function Confirm({ title, verb, cancel = 'Keep', children, act, onClose }: Props) {
  const action = useMutation({ mutationFn: act, onSuccess: onClose });
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-body"
    >
      <ModalHeader title={title} labelId="confirm-title" titleIconVariant="warning" />
      <ModalBody id="confirm-body">
        {children}
        {action.isError && <ProblemAlert error={action.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          onClick={() => action.mutate()}
          isLoading={action.isPending}
          isDisabled={action.isPending}
        >
          {verb}
        </Button>
        <Button variant="link" onClick={onClose}>
          {cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

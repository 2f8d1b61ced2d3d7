import { Label } from '@patternfly/react-core';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import QuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/question-circle-icon';
import type { Invariant } from '../api/types';

/** Three answers: that nobody knows is not that all is well. */
export function HoldsLabel({ invariant: { holds, violations } }: { invariant: Invariant }) {
  if (holds === undefined) {
    return (
      <Label color="orange" icon={<QuestionCircleIcon />}>
        Not known
      </Label>
    );
  }
  return holds ? (
    <Label color="green" icon={<CheckCircleIcon />}>
      Holds
    </Label>
  ) : (
    <Label color="red" icon={<ExclamationCircleIcon />}>
      {violations.length === 1 ? '1 violation' : `${violations.length} violations`}
    </Label>
  );
}

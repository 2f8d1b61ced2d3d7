import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import { Problem } from '../api/problem';

interface Props {
  error: unknown;
  retry: () => void;
}

/** In place of a whole page that cannot be shown. */
export function ProblemPage({ error, retry }: Props) {
  const problem = error instanceof Problem ? error : undefined;
  return (
    <EmptyState
      status="danger"
      icon={ExclamationCircleIcon}
      titleText={problem?.title ?? 'This page has an error'}
      headingLevel="h1"
    >
      <EmptyStateBody>
        {problem ? problem.detail : 'Your VMs are not affected. Loading the page again may help.'}
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button onClick={retry}>Try again</Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

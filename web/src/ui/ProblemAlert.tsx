import { Alert } from '@patternfly/react-core';
import { Problem } from '../api/problem';

/** What went wrong, in the server's words. */
export function ProblemAlert({ error, title }: { error: unknown; title?: string }) {
  const problem = error instanceof Problem ? error : undefined;
  const heading = title ?? problem?.title ?? 'Something went wrong';
  return (
    <Alert isInline variant="danger" title={heading} component="p" role="alert">
      {problem?.detail ?? (error instanceof Error ? error.message : undefined)}
    </Alert>
  );
}

import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props {
  id: string;
  label: string;
  error?: string | undefined;
  help?: ReactNode;
  role?: 'group';
  isRequired?: boolean;
  children: ReactNode;
}

/** A form's field with its help, or with what is wrong in place of it. */
export function Field({ id, label, error, help, role, isRequired = false, children }: Props) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired} {...(role && { role })}>
      {children}
      {(error ?? help) && (
        <FormHelperText>
          <HelperText id={`${id}-help`} {...(error && { 'aria-live': 'polite' as const })}>
            <HelperTextItem variant={error ? 'error' : 'default'}>{error ?? help}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

import { Button, type ButtonProps } from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { Link } from 'react-router';

/** A link that looks like a button: it can be opened in a new tab. */
export function LinkButton({ to, ...props }: ButtonProps & { to: string }) {
  return (
    <Button
      {...props}
      component={(link: Omit<ComponentProps<typeof Link>, 'to'>) => <Link {...link} to={to} />}
    />
  );
}

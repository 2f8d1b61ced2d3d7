import { Button, Tooltip } from '@patternfly/react-core';
import CheckIcon from '@patternfly/react-icons/dist/esm/icons/check-icon';
import CopyIcon from '@patternfly/react-icons/dist/esm/icons/copy-icon';
import { useEffect, useState } from 'react';
import { copy } from './copy';

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? 'Copied' : `Copy ${what}`;
  return (
    <Tooltip content={label} aria="none">
      <Button
        variant="plain"
        aria-label={label}
        icon={copied ? <CheckIcon /> : <CopyIcon />}
        onClick={() => void copy(text).then(() => setCopied(true))}
      />
    </Tooltip>
  );
}

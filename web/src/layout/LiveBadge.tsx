import { Label, Tooltip } from '@patternfly/react-core';
import { useLiveState } from '../api/LiveState';

/** Silent while all is well: says only when the page is behind. */
export function LiveBadge() {
  if (useLiveState() !== 'polling') return null;
  return (
    <Tooltip content="Live updates do not come through at the moment; this page asks every few seconds.">
      <Label color="orange" isCompact>
        Not live
      </Label>
    </Tooltip>
  );
}

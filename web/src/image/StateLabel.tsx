import { Label, Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import type { ImageRevision } from '../api/types';
import { arrived, bytes } from './words';

/** Where a revision is; while it arrives, how far. */
export function StateLabel({ revision, current }: { revision: ImageRevision; current: boolean }) {
  switch (revision.state) {
    case 'RECEIVING':
      return <Arriving revision={revision} />;
    case 'CHECKING':
      return <Label color="blue">Being checked</Label>;
    case 'ACTIVE':
      return <Label color="green">{current ? 'Current' : 'Active'}</Label>;
    case 'DEPRECATED':
      return <Label color="grey">Deprecated</Label>;
    case 'REFUSED':
      return <Label color="red">Refused</Label>;
    case 'DELETED':
      return <Label color="grey">Deleted</Label>;
  }
}

function Arriving({ revision }: { revision: ImageRevision }) {
  const percent = arrived(revision);
  const received = revision.files.reduce((sum, file) => sum + file.received, 0);
  return percent === undefined ? (
    <Label color="blue">{bytes(received)} fetched</Label>
  ) : (
    <Progress
      value={percent}
      size="sm"
      aria-label={`Arrived of revision ${revision.revision}`}
      measureLocation={ProgressMeasureLocation.outside}
    />
  );
}

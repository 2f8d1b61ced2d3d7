import { Content } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import * as client from '../api/client';
import { keys } from '../api/queries';
import type { Image, ImageRevision } from '../api/types';
import { Confirm } from '../ui/Confirm';

export type RevisionAction = 'make-current' | 'deprecate' | 'delete';

const WORDS: Record<RevisionAction, { verb: string; means: string }> = {
  'make-current': {
    verb: 'Make current',
    means: 'From now on the image’s name stands for it. VMs that were asked for keep theirs.',
  },
  deprecate: {
    verb: 'Deprecate',
    means: 'The image’s name does not stand for it any more. Who gives its number still gets it.',
  },
  delete: {
    verb: 'Delete',
    means: 'No VM can be asked for with it any more. VMs that were asked for with it go on.',
  },
};

interface Props {
  image: Image;
  revision: ImageRevision;
  action: RevisionAction;
  onClose: () => void;
}

export function RevisionDialog({ image, revision, action, onClose }: Props) {
  const cache = useQueryClient();
  const { verb, means } = WORDS[action];
  const act = async () => {
    if (action === 'delete') await client.deleteRevision(image.id, revision.revision);
    else await client.actOnRevision(image.id, revision.revision, action);
    await cache.invalidateQueries({ queryKey: keys.images });
  };
  return (
    <Confirm title={`${verb}: ${revision.reference}?`} verb={verb} act={act} onClose={onClose}>
      <Content component="p">{means}</Content>
    </Confirm>
  );
}

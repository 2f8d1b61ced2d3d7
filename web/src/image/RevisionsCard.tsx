import { Button, Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import {
  ActionsColumn,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  type IAction,
} from '@patternfly/react-table';
import { useState } from 'react';
import type { Image, ImageRevision } from '../api/types';
import { Ago } from '../time/Ago';
import { RevisionDialog, type RevisionAction } from './RevisionDialog';
import { ShareDialog } from './ShareDialog';
import { StateLabel } from './StateLabel';
import { bytes } from './words';

/** What can be done with an image of one's own. */
export function RevisionsCard({ image }: { image: Image }) {
  const [asked, setAsked] = useState<{ revision: ImageRevision; action: RevisionAction }>();
  const [sharing, setSharing] = useState(false);

  const actions = (revision: ImageRevision): IAction[] => {
    const ask = (action: RevisionAction, title: string): IAction => ({
      title,
      onClick: () => setAsked({ revision, action }),
    });
    const current = image.current === revision.revision;
    const bootable = revision.state === 'ACTIVE' || revision.state === 'DEPRECATED';
    return [
      ...(bootable && !current ? [ask('make-current', 'Make current')] : []),
      ...(revision.state === 'ACTIVE' ? [ask('deprecate', 'Deprecate')] : []),
      ask('delete', 'Delete'),
    ];
  };

  return (
    <Card>
      <CardHeader
        actions={{
          actions: (
            <Button
              variant="secondary"
              size="sm"
              aria-label={`Share ${image.name}`}
              onClick={() => setSharing(true)}
            >
              Share
            </Button>
          ),
        }}
      >
        <CardTitle component="h2" className="anemone-breaks">
          {image.name}
        </CardTitle>
      </CardHeader>
      <CardBody>
        <Table aria-label={`Revisions of ${image.name}`} variant="compact">
          <Thead>
            <Tr>
              <Th>Revision</Th>
              <Th>State</Th>
              <Th>Files</Th>
              <Th>Disk</Th>
              <Th>Brought</Th>
              <Th screenReaderText="Actions" />
            </Tr>
          </Thead>
          <Tbody>
            {image.revisions.map((revision) => (
              <Tr key={revision.revision}>
                <Td dataLabel="Revision" className="anemone-breaks">
                  {revision.reference}
                </Td>
                <Td dataLabel="State">
                  <StateLabel revision={revision} current={image.current === revision.revision} />
                  {revision.message && <div className="anemone-hint">{revision.message}</div>}
                </Td>
                <Td dataLabel="Files">
                  {revision.files
                    .map((file) => `${file.role} ${bytes(file.bytes ?? file.received)}`)
                    .join(', ')}
                </Td>
                <Td dataLabel="Disk">
                  {revision.virtualBytes > 0 ? bytes(revision.virtualBytes) : 'none'}
                </Td>
                <Td dataLabel="Brought" modifier="nowrap">
                  {revision.createdAt && (
                    <span>
                      <Ago instant={revision.createdAt} /> ago
                    </span>
                  )}
                </Td>
                <Td isActionCell>
                  <ActionsColumn items={actions(revision)} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
      {asked && <RevisionDialog image={image} {...asked} onClose={() => setAsked(undefined)} />}
      {sharing && <ShareDialog image={image} onClose={() => setSharing(false)} />}
    </Card>
  );
}

import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Image } from '../api/types';
import { memory } from '../units/size';
import { seenBy } from './words';

export function ImagesCard({ images }: { images: Image[] }) {
  return (
    <Card>
      <CardTitle component="h2">To boot from</CardTitle>
      <CardBody>
        <Table aria-label="Images" variant="compact">
          <Thead>
            <Tr>
              <Th>Image</Th>
              <Th>Revision</Th>
              <Th>Kind</Th>
              <Th>Seen by</Th>
              <Th modifier="nowrap">Log in as</Th>
              <Th>Memory</Th>
            </Tr>
          </Thead>
          <Tbody>
            {images.map((image) => (
              <Tr key={image.id}>
                <Td dataLabel="Image">
                  <span className="anemone-name anemone-breaks">{image.name}</span>
                  <div className="anemone-hint">{image.description}</div>
                </Td>
                <Td dataLabel="Revision">{image.current ?? 'none yet'}</Td>
                <Td dataLabel="Kind">
                  {image.tier === 'GOLDEN' ? <Label color="yellow">golden</Label> : 'a user’s'}
                </Td>
                <Td dataLabel="Seen by">{seenBy(image)}</Td>
                <Td dataLabel="Log in as">{image.defaultUser}</Td>
                <Td dataLabel="Memory" modifier="nowrap">
                  from {memory(image.minMemoryMiB)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import * as client from '../api/client';
import { keys } from '../api/queries';
import type { Volume } from '../api/types';
import { Ago } from '../time/Ago';
import { Confirm } from '../ui/Confirm';
import { memory } from '../units/size';
import { PHASE } from '../vm/phase';
import { PLACE } from './place';

/** @param owners whether it is worth telling whose each one is */
export function VolumeTable({ volumes, owners }: { volumes: Volume[]; owners: boolean }) {
  const cache = useQueryClient();
  const [doomed, setDoomed] = useState<Volume>();
  return (
    <>
      <Table aria-label="Volumes" variant="compact">
        <Thead>
          <Tr>
            <Th>Volume</Th>
            {owners && <Th>Owner</Th>}
            <Th>Size</Th>
            <Th>For</Th>
            <Th>State</Th>
            <Th>Made</Th>
            <Th screenReaderText="Actions" />
          </Tr>
        </Thead>
        <Tbody>
          {volumes.map((volume) => (
            <Tr key={volume.id}>
              <Td dataLabel="Volume">
                <span className="anemone-name">{volume.name}</span>
              </Td>
              {owners && <Td dataLabel="Owner">{volume.owner}</Td>}
              <Td dataLabel="Size" modifier="nowrap">
                {memory(volume.sizeGiB * 1024)}
              </Td>
              <Td dataLabel="For">{PLACE[volume.place]}</Td>
              <Td dataLabel="State">
                <State volume={volume} />
              </Td>
              <Td dataLabel="Made" modifier="nowrap">
                <span>
                  <Ago instant={volume.createdAt} /> ago
                </span>
              </Td>
              <Td modifier="fitContent">
                <Button
                  variant="secondary"
                  isDanger
                  size="sm"
                  aria-label={`Delete volume ${volume.name}`}
                  isDisabled={volume.heldBy !== null}
                  onClick={() => setDoomed(volume)}
                >
                  Delete
                </Button>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {doomed && (
        <Confirm
          title={`Delete volume ${doomed.name}?`}
          verb="Delete"
          act={async () => {
            await client.deleteVolume(doomed.id);
            await cache.invalidateQueries({ queryKey: keys.volumes });
          }}
          onClose={() => setDoomed(undefined)}
        >
          All that is on it is lost, and cannot be brought back.
        </Confirm>
      )}
    </>
  );
}

function State({ volume: { heldBy } }: { volume: Volume }) {
  if (!heldBy) return <Label color="green">Free</Label>;
  return (
    <div>
      Held by <Link to={`/vms/${heldBy.vm}`}>{heldBy.name}</Link>
      <div className="anemone-hint">{PHASE[heldBy.phase].label}</div>
    </div>
  );
}

import { Flex, FlexItem, Label } from '@patternfly/react-core';
import type { ClusterNode, NodeRest } from '../api/types';
import { Until } from '../time/Ago';

/** The scheduler's own word, and whether Anemone gives the node a rest. */
export function NodeState({ node }: { node: ClusterNode }) {
  return (
    <Flex direction={{ default: 'column' }} spaceItems={{ default: 'spaceItemsXs' }}>
      <FlexItem>
        <Label isCompact color={node.available ? 'green' : 'red'}>
          {node.state.toLowerCase()}
        </Label>
      </FlexItem>
      {node.rest && (
        <FlexItem>
          <Resting rest={node.rest} />
        </FlexItem>
      )}
    </Flex>
  );
}

function Resting({ rest }: { rest: NodeRest }) {
  return (
    <>
      <Label isCompact status="warning">
        {rest.until ? 'resting' : 'on trial'}
      </Label>{' '}
      <small>
        {rest.failures} starts failed, last: {rest.last}
        {rest.until && (
          <>
            ; tried again in <Until instant={rest.until} />
          </>
        )}
      </small>
    </>
  );
}

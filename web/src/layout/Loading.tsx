import { Bullseye, Spinner } from '@patternfly/react-core';

export function Loading() {
  return (
    <Bullseye className="anemone-loading">
      <Spinner aria-label="Loading" />
    </Bullseye>
  );
}

import { Alert, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { usePools } from '../../api/queries';
import type { Pool } from '../../api/types';
import { memory } from '../../units/size';
import { Field } from '../../ui/Field';
import type { SectionProps } from './SectionProps';

export function PoolField({ draft, errors, change }: SectionProps) {
  const { data: pools = [] } = usePools();
  const chosen = pools.find(({ name }) => name === draft.pool);
  const notice = chosen && shortage(chosen);
  return (
    <Field id="pool" label="Pool" isRequired error={errors.pool}>
      <FormSelect
        id="pool"
        value={draft.pool}
        onChange={(_event, pool) => change({ pool })}
        validated={errors.pool ? 'error' : 'default'}
        className="anemone-short"
      >
        {pools.map((pool) => (
          <FormSelectOption
            key={pool.name}
            value={pool.name}
            label={`${pool.name}, ${room(pool)}`}
          />
        ))}
      </FormSelect>
      {notice && <Alert isInline isPlain variant="warning" title={notice} />}
    </Field>
  );
}

const room = ({ freeCores, freeMemoryMiB }: Pool): string =>
  `${freeCores} ${freeCores === 1 ? 'core' : 'cores'} and ${memory(freeMemoryMiB)} free`;

function shortage({ leases, active, freeCores }: Pool): string | undefined {
  if (leases === 0) {
    return 'This pool holds no nodes. An operator has to enlarge it before the VM can run.';
  }
  if (active === 0) return 'This pool’s nodes are not there yet; the VM waits for the first.';
  return freeCores === 0 ? 'This pool is full; the VM waits for room.' : undefined;
}

import { Checkbox } from '@patternfly/react-core';
import { Link } from 'react-router';
import { useVolumes } from '../../api/queries';
import type { Volume } from '../../api/types';
import { useUser } from '../../session/session';
import { memory } from '../../units/size';
import { placeOf } from '../../volumes/place';
import { Field } from '../../ui/Field';
import { PHASE } from '../phase';
import type { SectionProps } from './SectionProps';
import { lines } from './validate';

/** The caller's own volumes that a VM of this path can have; those that another VM has can be seen, not taken. */
export function VolumesField({ draft, errors, change }: SectionProps) {
  const me = useUser().name;
  const { data = [] } = useVolumes();
  const chosen = lines(draft.volumes);
  const offered = data.filter(({ owner, place }) => owner === me && place === placeOf(draft.path));
  const toggle = (name: string, on: boolean) =>
    change({
      volumes: [...chosen.filter((each) => each !== name), ...(on ? [name] : [])].join('\n'),
    });
  return (
    <Field
      id="volumes"
      label="Volumes"
      role="group"
      error={errors.volumes}
      help={
        offered.length ? (
          'The VM has them alone until it is over; what is on them stays.'
        ) : (
          <>
            You have none for VMs of this path. <Link to="/volumes">Make one</Link> to keep what a
            VM writes.
          </>
        )
      }
    >
      {offered.map((volume) => (
        <Checkbox
          key={volume.id}
          id={`volume-${volume.id}`}
          label={`${volume.name}, ${memory(volume.sizeGiB * 1024)}`}
          description={held(volume)}
          isChecked={chosen.includes(volume.name)}
          isDisabled={volume.heldBy !== null && !chosen.includes(volume.name)}
          onChange={(_event, on) => toggle(volume.name, on)}
        />
      ))}
    </Field>
  );
}

const held = ({ heldBy }: Volume): string | undefined =>
  heldBy ? `held by the VM ${heldBy.name} (${PHASE[heldBy.phase].label})` : undefined;

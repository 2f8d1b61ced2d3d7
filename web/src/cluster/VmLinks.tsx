import { Fragment } from 'react';
import { Link } from 'react-router';

/** Links to VMs, by name; a dash where there are none. */
export function VmLinks({ vms }: { vms: { id: string; name: string }[] }) {
  if (vms.length === 0) return <>–</>;
  return (
    <>
      {vms.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link to={`/vms/${id}`}>{name}</Link>
        </Fragment>
      ))}
    </>
  );
}

import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useVmStats } from '../../api/queries';
import type { Vm } from '../../api/types';
import { over } from '../phase';
import { points, seriesOf, type Series } from './usage';

const WIDTH = 160;
const HEIGHT = 36;

/** What the VM used in the last hour; nothing at all while nothing is known. */
export function UsageCard({ vm }: { vm: Vm }) {
  const { data: usages = [] } = useVmStats(vm.id, !over(vm));
  const series = seriesOf(usages);
  if (!series.length) return null;
  return (
    <Card>
      <CardTitle component="h2">Usage, last hour</CardTitle>
      <CardBody>
        <ul className="anemone-usage">
          {series.map((each) => (
            <Plot key={each.title} series={each} />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function Plot({ series: { title, values, show } }: { series: Series }) {
  const known = values.filter((value) => value !== null);
  const now = show(known.at(-1) ?? 0);
  const most = show(Math.max(...known));
  return (
    <li>
      <div>{title}</div>
      <svg
        viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
        role="img"
        aria-label={`${title}: now ${now}, at most ${most}`}
      >
        <polyline points={points(values, WIDTH, HEIGHT)} />
      </svg>
      <div className="anemone-hint">
        {now}, at most {most}
      </div>
    </li>
  );
}

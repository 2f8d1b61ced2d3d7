import { Progress } from '@patternfly/react-core';

interface Props {
  what: string;
  used: number;
  all: number;
  words: string;
}

export function UsageBar({ what, used, all, words }: Props) {
  const percent = all > 0 ? Math.min(100, Math.round((used / all) * 100)) : 0;
  return (
    <div className="anemone-usage">
      <Progress value={percent} size="sm" measureLocation="none" aria-label={`${what} in use`} />
      <span className="anemone-hint">{words}</span>
    </div>
  );
}

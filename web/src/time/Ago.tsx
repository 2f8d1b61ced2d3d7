import { words } from './duration';
import { useNow } from './useNow';

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export const clockTime = (instant: string): string => CLOCK.format(Date.parse(instant));

export const fullTime = (instant: string): string => FULL.format(Date.parse(instant));

/** Whole seconds below a minute, whole minutes above: what changes every second disturbs. */
const calm = (seconds: number): string =>
  words(Math.max(0, Math.floor(seconds < 60 ? seconds : seconds - (seconds % 60))));

/** How long ago an instant was; the exact time stands in the tooltip. */
export function Ago({ instant }: { instant: string }) {
  const seconds = (useNow() - Date.parse(instant)) / 1000;
  return (
    <time dateTime={instant} title={fullTime(instant)}>
      {calm(seconds)}
    </time>
  );
}

/** How long until an instant. */
export function Until({ instant }: { instant: string }) {
  const seconds = (Date.parse(instant) - useNow()) / 1000;
  return (
    <time dateTime={instant} title={fullTime(instant)}>
      {seconds > 0 ? calm(seconds) : 'now'}
    </time>
  );
}

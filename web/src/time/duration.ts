const UNITS = { D: 86_400, H: 3_600, M: 60, S: 1 } as const;
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of an ISO 8601 duration such as `P1DT2H`; undefined when it is none. */
export function parseIso(text: string): number | undefined {
  const parts: (string | undefined)[] | undefined = ISO.exec(text)?.slice(1);
  if (!parts?.some((part) => part !== undefined)) return undefined;
  const [d = 0, h = 0, m = 0, s = 0] = parts.map((part) => Number(part ?? 0));
  return d * UNITS.D + h * UNITS.H + m * UNITS.M + s;
}

export function toIso(seconds: number): string {
  const days = Math.floor(seconds / UNITS.D);
  const hours = Math.floor((seconds % UNITS.D) / UNITS.H);
  const minutes = Math.floor((seconds % UNITS.H) / UNITS.M);
  const rest = Math.floor(seconds % UNITS.M);
  const time = [hours && `${hours}H`, minutes && `${minutes}M`, rest && `${rest}S`]
    .filter(Boolean)
    .join('');
  const date = days ? `${days}D` : '';
  return date || time ? `P${date}${time && `T${time}`}` : 'PT0S';
}

/** For people: the two largest units, such as `2 h 5 min`; tenths below ten seconds. */
export function words(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, Math.round(seconds * 10) / 10)} s`;
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, size] of [
    ['d', UNITS.D],
    ['h', UNITS.H],
    ['min', UNITS.M],
    ['s', UNITS.S],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count) parts.push(`${count} ${unit}`);
    else if (parts.length) break;
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

export const isoWords = (iso: string): string => {
  const seconds = parseIso(iso);
  return seconds === undefined ? iso : words(seconds);
};

/** What a person types for a walltime: `90m`, `1h 30m`, `2d`, `1:30` (hours:minutes) or ISO 8601. */
export function parseHuman(text: string): number | undefined {
  const input = text.trim();
  const iso = parseIso(input.toUpperCase());
  if (iso !== undefined) return iso;
  const clock = /^(\d+):([0-5]\d)$/.exec(input);
  if (clock) return Number(clock[1]) * UNITS.H + Number(clock[2]) * UNITS.M;
  if (!/^(\d+\s*(d|h|min|m|s)\s*)+$/i.test(input)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of input.matchAll(/(\d+)\s*([dhms])/gi)) {
    seconds += Number(count) * UNITS[(unit ?? 's').toUpperCase() as keyof typeof UNITS];
  }
  return seconds;
}

export const secondsBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 1000;

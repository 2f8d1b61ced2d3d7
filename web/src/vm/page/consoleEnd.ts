const LINES = 15;

/** The last lines of a console that say something. */
export const consoleEnd = (log: string): string =>
  log
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .slice(-LINES)
    .join('\n');

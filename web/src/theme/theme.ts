export type Theme = 'light' | 'dark';

const STORED = 'anemone.theme';
const DARK = 'pf-v6-theme-dark';

/** `public/theme.js` has chosen before the first paint; the class is the truth. */
export const theme = (): Theme =>
  document.documentElement.classList.contains(DARK) ? 'dark' : 'light';

export function choose(next: Theme): void {
  document.documentElement.classList.toggle(DARK, next === 'dark');
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Storage may be off: the choice then holds for this page alone.
  }
}

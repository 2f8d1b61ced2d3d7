import type { Draft } from './draft';
import type { Errors } from './validate';

/** What each part of the form gets. */
export interface SectionProps {
  draft: Draft;
  errors: Errors;
  change: (part: Partial<Draft>) => void;
}

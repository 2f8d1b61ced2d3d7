import type { Invariant, Violation } from '../../src/api/types';
import { at, NOW } from './samples';

const TEXTS = [
  ['I1', 'One domain for each VM', 'A VM has at most one live domain, over the whole site.'],
  ['I2', 'No domain without a lease', 'A domain is gone within 10 s of the end of its lease.'],
  [
    'I3',
    'Jobs and leases belong together',
    'There is no job without a lease and no lease without its job.',
  ],
  [
    'I4',
    'Nothing acknowledged is lost',
    'Every VM and lease has its whole history, and what was decided is carried out.',
  ],
  [
    'I5',
    'Nothing ends without evidence',
    'What is unknown, stale or missing ends nothing: every end has its proof.',
  ],
  ['I6', 'No lease is oversold', 'The VMs on a lease never need more than it grants.'],
  [
    'I7',
    'Nothing is stuck',
    'Every phase that must pass does so by its deadline, and a delete is always carried out.',
  ],
  [
    'I8',
    'Everybody keeps to what is theirs',
    'A VM runs on its owner’s lease or a pool’s, and a lease in its owner’s job.',
  ],
  [
    'I9',
    'Nothing is left on a node',
    'Of a VM that is over no disk, seed or socket stays on a node.',
  ],
] as const;

/** All nine, and all hold. */
export const INVARIANTS: Invariant[] = TEXTS.map(([id, title, sentence]) => ({
  id,
  title,
  sentence,
  holds: true,
  checkedAt: NOW,
  violations: [],
}));

export const aViolation = (part: Partial<Violation> = {}): Violation => ({
  invariant: 'I2',
  what: 'The domain’s attempt or its lease is over, or is elsewhere.',
  subjects: [
    { kind: 'vm', id: '11111111-0000-4000-8000-000000000001' },
    { kind: 'domain', id: 'anemone-11111111-1' },
    { kind: 'lease', id: 'aaaaaaaa-0000-4000-8000-000000000021' },
    { kind: 'node', id: 'n1' },
  ],
  since: at(-5),
  age: 'PT5S',
  healing: 'The agent on the node is ordered to end the domain.',
  ...part,
});

export const notKnown = (invariant: Invariant, unknown: string): Invariant => {
  const judged = { ...invariant, unknown };
  delete judged.holds;
  return judged;
};

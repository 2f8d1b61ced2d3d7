import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { aViolation, INVARIANTS, notKnown } from '../../test/fake/audit';
import { NOW } from '../../test/fake/samples';
import { open } from '../../test/harness';

const row = async (text: string) => {
  const cell = await screen.findByText(text);
  const found = cell.closest('tr');
  if (!found) throw new Error(`${text} stands in no row`);
  return within(found);
};

it('operator_seesThatAllHold', async () => {
  const { show } = open('/invariants', 'operator');
  show();

  expect(await screen.findAllByText('Holds')).toHaveLength(9);
  expect(screen.getByText('No violation was ever found here.')).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Violations' })).not.toBeInTheDocument();
});

it('violation_isShownWithWhatItIsAboutAndWhatMakesItGo', async () => {
  const { site, show } = open('/invariants', 'operator');
  const violation = aViolation({ invariant: 'I2' });
  site.audit = {
    items: INVARIANTS.map((invariant) =>
      invariant.id === 'I2' ? { ...invariant, holds: false, violations: [violation] } : invariant,
    ),
    healed: [],
  };
  show();

  const found = await row(violation.what);
  expect(found.getByText(violation.healing)).toBeVisible();
  expect(found.getByRole('link', { name: '11111111' })).toHaveAttribute(
    'href',
    '/vms/11111111-0000-4000-8000-000000000001',
  );
  expect((await row('No domain without a lease')).getByText('1 violation')).toBeVisible();
});

it('whatIsNotKnown_isNotShownAsFine', async () => {
  const { site, show } = open('/invariants', 'operator');
  site.audit = {
    items: INVARIANTS.map((invariant) => notKnown(invariant, 'The audit has not run yet.')),
    healed: [],
  };
  show();

  expect(await screen.findAllByText('Not known')).toHaveLength(9);
  expect(screen.queryByText('Holds')).not.toBeInTheDocument();
});

it('healedViolation_tellsHowLongItLasted', async () => {
  const { site, show } = open('/invariants', 'operator');
  site.audit = { items: INVARIANTS, healed: [aViolation({ age: 'PT4S', healedAt: NOW })] };
  show();

  const healed = within(await screen.findByRole('grid', { name: 'Healed violations' }));
  expect(healed.getByText('4 s')).toBeVisible();
});

it('siteThatStopsAnswering_leavesTheLastAudit_andSaysSo', async () => {
  const { api, show } = open('/invariants', 'operator');
  show();
  expect(await screen.findAllByText('Holds')).toHaveLength(9);

  api.down = true;

  expect(
    await screen.findByText('This is not the newest audit', {}, { timeout: 15_000 }),
  ).toBeVisible();
  expect(screen.getAllByText('Holds')).toHaveLength(9);
}, 20_000);

it('siteThatDoesNotAnswer_isAnErrorAndNoEmptyTable', async () => {
  const { api, show } = open('/invariants', 'operator');
  api.hasNoAudit = true;
  show();

  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
  expect(screen.queryByRole('grid')).not.toBeInTheDocument();
});

it('user_hasNoSuchPage', async () => {
  const { show } = open('/invariants', 'researcher');
  show();

  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Invariants' })).not.toBeInTheDocument();
});

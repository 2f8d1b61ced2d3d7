import { choose, expect, logIn, test } from './site';

test('vmByTheScheduledPath_becomesReady_andIsDeleted', async ({ page, site }) => {
  test.setTimeout(site.patience + 90_000);
  const name = `web-${Date.now().toString(36)}`;
  await logIn(page, site, 'researcher');

  // When it is launched
  await page.getByRole('link', { name: 'Launch a VM' }).first().click();
  await choose(page, 'Scheduled');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Launch' }).click();

  // Then its page follows it until it is ready
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('Ready', { timeout: site.patience });
  await expect(page.getByText(/^ssh -p \d+ \S+@\S+$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Ready .+ after the request$/ })).toBeVisible();
  await expect(page.getByRole('log')).toContainText(/\S+ ready|login:|Linux/);
  await expect(page.getByRole('grid', { name: 'History' })).toContainText('READY');
  await page.screenshot({ path: 'test-results/e2e-vm-ready.png', fullPage: true });

  // And the list shows it, and it can be deleted there
  await page.getByRole('link', { name: 'Virtual machines' }).first().click();
  const row = page.getByRole('row', { name });
  await expect(row).toContainText('Ready');
  await page.screenshot({ path: 'test-results/e2e-list.png', fullPage: true });
  await row.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(row).toBeHidden({ timeout: 60_000 });

  // And its history stays
  await page.getByRole('button', { name: /^Over/ }).click();
  await page.getByRole('link', { name }).click();
  await expect(heading).toContainText('Stopped');
  await page.screenshot({ path: 'test-results/e2e-vm-stopped.png', fullPage: true });
});

test('serverRefusesAName_theFormSaysWhatToDo', async ({ page, site }) => {
  await logIn(page, site, 'researcher');
  await page.goto(`${site.url}/vms/launch`);
  await page.getByLabel('Name').fill('Not A Name');
  await page.getByRole('button', { name: 'Launch' }).click();
  await expect(page.getByText(/Lower-case letters, digits and hyphens/)).toBeVisible();
  await expect(page.getByLabel('Name')).toBeFocused();
});

test('operator_seesNodesLeasesAndPools', async ({ page, site }) => {
  await logIn(page, site, 'operator');
  await page.getByRole('link', { name: 'Nodes and leases' }).click();
  const nodes = page.getByRole('grid', { name: 'Nodes' });
  await expect(nodes.getByRole('row')).not.toHaveCount(1);
  await page.getByRole('button', { name: 'Change pool default' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Nodes to hold' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.screenshot({ path: 'test-results/e2e-cluster.png', fullPage: true });
});

test('deepLink_withoutSession_comesBackAfterLoggingIn', async ({ page, site }) => {
  await page.goto(`${site.url}/vms/launch`);
  await page.getByLabel('User name').fill('researcher');
  await page.getByLabel('Password').fill(site.passwords.researcher);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Launch a VM' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/vms/launch');
});

test('theme_staysAsChosenOverAReload', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await logIn(page, site, 'researcher');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/pf-v6-theme-dark/);
  await expect(page.getByRole('button', { name: 'Use the light theme' })).toBeVisible();
});

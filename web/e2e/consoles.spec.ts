import type { Page } from '@playwright/test';
import { expect, logIn, test } from './site';

// A guest that answers is nothing that a stand-in could give.
test.skip(!process.env.ANEMONE_URL, 'needs a real site at ANEMONE_URL');

/** What is sat down at: `micro`, or what ANEMONE_E2E_IMAGE names, which wants a log-in at its console. */
const image = process.env.ANEMONE_E2E_IMAGE ?? 'micro';
const isMicro = image === 'micro';
const password = `seat-${Math.random().toString(36).slice(2)}`;
const guest = isMicro
  ? { image, flavor: 'micro' }
  : {
      image,
      flavor: 'small',
      userData: `#cloud-config\npassword: ${password}\nchpasswd: {expire: false}\n`,
    };

/** Whether the guest has drawn anything but black. */
const drawn = (page: Page): Promise<boolean> =>
  page
    .getByRole('group', { name: 'Screen' })
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return pixels.some((value, i) => i % 4 !== 3 && value > 64);
    });

test('consolesOfARunningVm_areLiveAndTyped', async ({ page, site }) => {
  const patience = isMicro ? site.patience : 900_000;
  test.setTimeout(patience + 180_000);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  const name = `seat-${Date.now().toString(36)}`;
  await page.emulateMedia({ colorScheme: 'light' });
  await logIn(page, site, 'researcher');
  const asked = await page.request.post(`${site.url}/api/v1/vms`, {
    headers: { 'X-Requested-With': 'anemone' },
    data: { name, path: 'scheduled', ...guest },
  });
  expect(asked.status()).toBe(202);
  const { id } = (await asked.json()) as { id: string };
  await page.goto(`${site.url}/vms/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ready', {
    timeout: patience,
  });

  // When one sits down at the serial console
  await page.getByRole('tab', { name: 'Serial console' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Connected.' })).toBeVisible();
  const terminal = page.getByRole('group', { name: 'Serial console' });
  if (isMicro) {
    await expect(terminal).toContainText('ready');
  } else {
    await page.keyboard.type('\n');
    await expect(terminal).toContainText('login:', { timeout: 30_000 });
    await page.keyboard.type('debian\n');
    await expect(terminal).toContainText('Password:', { timeout: 60_000 });
    await page.keyboard.type(`${password}\n`);
    await expect(terminal).toContainText('$', { timeout: 60_000 });
  }
  await page.keyboard.type('echo seen-$((6 * 7))\n');

  // Then the guest answers
  await expect(terminal).toContainText('seen-42', { timeout: 30_000 });
  await page.screenshot({ path: 'test-results/e2e-serial-light.png', fullPage: true });
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await page.screenshot({ path: 'test-results/e2e-serial-dark.png', fullPage: true });

  // And the keyboard gets out of it again
  await terminal.click();
  await page.keyboard.press('Control+]');
  await expect(page.getByRole('tab', { name: 'Serial console' })).toBeFocused();

  // And its screen is shown
  await page.getByRole('tab', { name: 'Screen' }).click();
  await expect(page.getByRole('button', { name: 'Send Ctrl+Alt+Del' })).toBeEnabled();
  await expect.poll(() => drawn(page)).toBe(true);
  await page.screenshot({ path: 'test-results/e2e-screen-dark.png', fullPage: true });

  // And who comes back sees what was before
  await page.getByRole('tab', { name: 'Serial console' }).click();
  await expect(terminal).toContainText('seen-42');
  expect(refused).toEqual([]);

  // And the log stays when the VM is over
  await page.request.delete(`${site.url}/api/v1/vms/${id}`, {
    headers: { 'X-Requested-With': 'anemone' },
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Stopped', {
    timeout: 60_000,
  });
  await expect(page.getByRole('log')).toContainText('seen-42');
});

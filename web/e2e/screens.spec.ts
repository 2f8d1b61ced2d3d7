import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choose, expect, logIn, test } from './site';

const SCREENS = [
  { name: 'desktop', width: 1360, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

/** The picture of a page, and the promise that everybody can use it. */
async function shoot(page: Page, name: string) {
  await expect(page.getByRole('progressbar', { name: 'Loading' })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: `test-results/${name}.png`,
    fullPage: true,
    animations: 'disabled',
  });
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overhang, `${name} must not scroll sideways`).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

/** PatternFly scrolls inside the page: make the window as tall as the content for a whole picture. */
async function whole(page: Page, width: number, height: number) {
  const content = await page.evaluate(
    () => document.querySelector('.pf-v6-c-page__main')?.scrollHeight ?? 0,
  );
  await page.setViewportSize({ width, height: Math.max(height, content + 110) });
}

for (const { name, width, height } of SCREENS) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`everyPage_on${name}_${scheme}_isPleasantAndAccessible`, async ({ page, site }) => {
      const shot = async (what: string) => {
        await whole(page, width, height);
        await shoot(page, `${what}-${name}-${scheme}`);
        await page.setViewportSize({ width, height });
      };
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await page.goto(`${site.url}/login`);
      await expect(page.getByLabel('Password')).toBeVisible();
      await shot('login');

      await logIn(page, site, 'operator');
      await page.goto(`${site.url}/vms?state=all`);
      await expect(page.getByRole('grid', { name: 'Virtual machines' })).toBeVisible();
      await shot('list');

      await page.goto(`${site.url}/vms/launch`);
      await expect(page.getByRole('form', { name: 'Launch a VM' })).toBeVisible();
      await shot('launch');
      await page.getByRole('button', { name: /^Disks/ }).click();
      await shot('launch-disks');
      await choose(page, 'Direct');
      await shot('launch-direct');

      await page.goto(`${site.url}/volumes`);
      await expect(page.getByRole('heading', { name: 'Volumes' })).toBeVisible();
      await shot('volumes');

      await page.goto(`${site.url}/images`);
      await expect(page.getByRole('grid', { name: 'Images' })).toBeVisible();
      await shot('images');

      await page.goto(`${site.url}/cluster`);
      await expect(page.getByRole('grid', { name: 'Nodes' })).toBeVisible();
      await shot('cluster');

      await page.goto(`${site.url}/invariants`);
      await expect(page.getByRole('grid', { name: 'Invariants' })).toBeVisible();
      await shot('invariants');

      await page.goto(`${site.url}/no-such-page`);
      await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
      await shot('not-found');

      for (const vm of ['lagoon-118', 'cove-204', 'tide-871', 'atoll-52']) {
        await page.goto(`${site.url}/vms?state=all&q=${vm}`);
        await page.getByRole('link', { name: vm }).click();
        await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
        await shot(`vm-${vm}`);
      }

      await page.goto(`${site.url}/vms?state=all&q=lagoon-118`);
      await page.getByRole('button', { name: 'Kebab toggle' }).click();
      await expect(page.getByRole('menuitem', { name: 'Suspend' })).toBeVisible();
      await shot('list-menu');
      await page.getByRole('link', { name: 'lagoon-118' }).click();
      await page.getByRole('button', { name: 'Actions' }).click();
      await expect(page.getByRole('menuitem', { name: /^Suspend/ })).toBeVisible();
      await shot('vm-actions');
      await page.getByRole('menuitem', { name: /^Shut down/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await shot('vm-shutdown');
    });
  }
}

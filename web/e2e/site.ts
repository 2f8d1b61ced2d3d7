import { test as base, expect, type Page } from '@playwright/test';
import { startServer } from '../test/fake/server';

interface Site {
  url: string;
  passwords: { researcher: string; operator: string };
  /** How long a VM may take to be READY. */
  patience: number;
}

function realSite(url: string): Site {
  const password = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`Set ${name}: ANEMONE_URL names a real site.`);
    return value;
  };
  return {
    url,
    passwords: {
      researcher: password('ANEMONE_RESEARCHER_PASSWORD'),
      operator: password('ANEMONE_OPERATOR_PASSWORD'),
    },
    patience: 90_000,
  };
}

/** The site at ANEMONE_URL; without it, a server of our own that speaks the same contract. */
export const test = base.extend<{ tidy: undefined }, { site: Site }>({
  site: [
    // Playwright reads the names from the pattern, even when there are none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const url = process.env.ANEMONE_URL;
      if (url) {
        await use(realSite(url));
        return;
      }
      const server = await startServer();
      await use({
        url: server.url,
        passwords: { researcher: 'reef', operator: 'tide' },
        patience: 15_000,
      });
      server.close();
    },
    { scope: 'worker' },
  ],

  /** Whatever a test does: nothing is asked of another host, and nothing is blocked or thrown. */
  tidy: [
    async ({ page, site }, use) => {
      const complaints: string[] = [];
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(site.url).origin) {
          complaints.push(`request to another host: ${request.url()}`);
        }
      });
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
      });
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function logIn(page: Page, site: Site, name: 'researcher' | 'operator') {
  await page.goto(`${site.url}/`);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(site.passwords[name]);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Virtual machines' })).toBeVisible();
}

/** Takes a card of a choice by keyboard, as those do who use no mouse. */
export async function choose(page: Page, name: string) {
  const radio = page.getByRole('radio', { name, exact: true });
  await radio.focus();
  await page.keyboard.press('Space');
  await expect(radio).toBeChecked();
}

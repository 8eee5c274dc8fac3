import { expect, test, type Page } from '@playwright/test';
import { axeInBothThemes, registerMember } from './support';

/** As a server answers for a file of the build before, until the page is loaded the next time. */
async function isGone(page: Page, code: RegExp): Promise<void> {
  await page.route(code, (route) =>
    route.fulfill({ status: 404, contentType: 'text/plain', body: 'Not found' }),
  );
  page.once('load', () => void page.unroute(code));
}

async function open(page: Page, what: 'link' | 'button', name: string): Promise<void> {
  const it = page.getByRole(what, { name: new RegExp(`^${name}`) }).filter({ visible: true });
  if (!(await it.isVisible())) await page.getByRole('button', { name: 'More', exact: true }).click();
  await it.click();
}

/** How often the page was loaded from now on. */
function loads(page: Page): () => number {
  let count = 0;
  page.on('load', () => count++);
  return () => count;
}

test('a page that was open during an upgrade goes on with the new version, and loses nothing', async ({
  page,
}) => {
  await registerMember(page);
  const count = loads(page);

  await isGone(page, /\/assets\/reports-page-.*\.js/);
  await open(page, 'link', 'Reports');
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible();
  await expect(page).toHaveURL(/\/reports/);
  expect(count()).toBe(1);

  // nothing was gained by that: it does not do so again, but says what is the matter
  await isGone(page, /\/assets\/categories-page-.*\.js/);
  await open(page, 'link', 'Categories');
  await expect(page.getByRole('heading', { name: 'This part did not load' })).toBeVisible();
  await expect(page.getByRole('navigation').filter({ visible: true })).toBeVisible();
  await axeInBothThemes(page);
  expect(count()).toBe(1);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Categories' })).toBeVisible();

  await page.evaluate(() => sessionStorage.removeItem('met.renewed'));
  await page.goto('/settings');
  await page.getByLabel('Current password').fill('half of what I wanted to type');
  await isGone(page, /\/assets\/palette-.*\.js/);
  const before = count();
  await open(page, 'button', 'Find anything');
  await expect(page.getByRole('alert').filter({ hasText: 'This part did not load' })).toContainText(
    'did not save would be lost',
  );
  await axeInBothThemes(page);
  await expect(page.getByLabel('Current password')).toHaveValue('half of what I wanted to type');
  expect(count()).toBe(before);
});

test('a page without a connection is not given up for a part that it lacks', async ({ page }) => {
  await registerMember(page);
  const count = loads(page);
  await page.context().setOffline(true);
  await open(page, 'link', 'Reports');
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  expect(count()).toBe(0);

  await page.context().setOffline(false);
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible();
});

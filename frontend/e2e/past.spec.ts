import { expect, test, type Page } from '@playwright/test';
import {
  addMeal,
  axeInBothThemes,
  command,
  details,
  expectNoSidewaysScroll,
  newPage,
  registerMember,
  row,
  signInAs,
  watch,
} from './support';

/** Moves the focus by keyboard until it is on what is meant. */
async function tabTo(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await expect(wanted).toBeVisible();
  for (let i = 0; i < 80; i++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(name)} cannot be reached by Tab`);
}

test('a member looks at the past: as it was, read-only, and back', async ({ page }) => {
  test.setTimeout(180_000);
  const complaints = watch(page, [/401|404|410|422|Failed to load resource/]);
  await registerMember(page);
  await page.goto('/expenses');
  await addMeal(page, { amount: '12.50', place: 'Corner Deli', meal: 'Lunch' });
  await expect(row(page, 'Corner Deli')).toContainText('12.50');
  await row(page, 'Corner Deli').click();
  await details(page).getByRole('button', { name: 'Edit' }).click();
  await details(page).getByRole('textbox', { name: 'Amount' }).fill('13.20');
  await details(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(details(page).getByText('£13.20')).toBeVisible();
  await details(page).getByText('History', { exact: true }).click();

  await details(page).getByRole('button', { name: 'See everything as of then' }).first().click();

  await expect(page).toHaveURL(/asOf=/);
  await expect(details(page).getByText(/^\s*As of/)).toBeVisible();
  await expect(details(page).getByText('£12.50').first()).toBeVisible();
  await expect(details(page).getByText('1 later change is not shown.')).toBeVisible();
  await expect(details(page).getByRole('button', { name: 'Edit' })).toHaveAttribute('aria-disabled', 'true');
  await details(page).getByRole('button', { name: 'Edit' }).click({ force: true });
  await expect(page.getByText('You are looking at the past.').first()).toBeVisible();
  await expect(details(page).getByRole('textbox', { name: 'Amount' })).toHaveCount(0);
  await axeInBothThemes(page);
  await details(page).getByRole('button', { name: 'Close' }).click();

  const ribbon = page.getByRole('region', { name: 'The past' });
  await expect(ribbon).toContainText('As of');
  await expect(row(page, 'Corner Deli')).toContainText('12.50');
  for (const place of ['Reports', 'Overview'] as const) {
    await page.getByRole('link', { name: place, exact: true }).locator('visible=true').first().click();
    await expect(ribbon).toBeVisible();
    await expect(page.getByRole('main')).toContainText('12.50');
    await axeInBothThemes(page);
    await expectNoSidewaysScroll(page);
  }
  // an address that is handed on shows the same
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.getByRole('main')).toContainText('12.50');
  await ribbon.getByRole('button', { name: 'Back to now' }).click();
  await expect(ribbon).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('13.20');
  expect(complaints).toEqual([]);
});

test('the past by keyboard alone', async ({ page, isMobile }) => {
  test.skip(Boolean(isMobile), 'a phone has no keys');
  await registerMember(page);
  await page.goto('/expenses');
  await addMeal(page, { amount: '9.80', place: 'Green Bowl', meal: 'Lunch' });
  await expect(row(page, 'Green Bowl')).toBeVisible();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Look at the past' });
  await expect(dialog).toBeVisible();
  await axeInBothThemes(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('t');
  await tabTo(page, /^Start of today/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing was on record yet')).toBeVisible();
  await axeInBothThemes(page);
  await page.keyboard.press('n');
  await expect(page.getByText('You are looking at the past.').first()).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await tabTo(page, 'What changed since', 'link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^1 change/ })).toBeVisible();
  await axeInBothThemes(page);
  await tabTo(page, 'Green Bowl', 'link');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
});

test('a moment still to come, and one that is none', async ({ page }) => {
  await registerMember(page);
  await page.goto('/reports?asOf=2999-01-01T00:00:00Z');
  await expect(page.getByRole('heading', { name: 'This moment is still to come' })).toBeVisible();
  await axeInBothThemes(page);
  await page.goto('/expenses?asOf=soon');
  await expect(page.getByRole('heading', { name: 'This is not a moment' })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

/** A member's month: five meals, and one of them amended since. */
async function recordMarch(page: Page): Promise<{ id: string; ownerId: string; since: string }> {
  await registerMember(page, 'Mila March');
  for (const day of [2, 3, 4, 5, 6]) {
    const meal = { spentOn: `2026-03-0${day}`, amount: '12.50', currency: 'GBP', mealType: 'lunch' };
    await command(page, 'POST', '/expenses', { ...meal, place: `Corner Deli ${day}` });
  }
  const theirs = async () => (await (await page.request.get('/api/v1/expenses?sort=spentOn')).json()).items;
  await expect.poll(async () => (await theirs()).length).toBe(5);
  const items: { id: string; ownerId: string; recordedAt: string }[] = await theirs();
  const { id, ownerId } = items[0]!;
  const amended = { spentOn: '2026-03-02', amount: '13.20', currency: 'GBP', mealType: 'lunch' };
  await command(
    page,
    'PUT',
    `/expenses/${id}`,
    { ...amended, place: 'Corner Deli 2' },
    { 'If-Match': '"0"' },
  );
  return { id, ownerId, since: items.at(-1)!.recordedAt };
}

test('an auditor compares two moments, replays a report by keyboard, and takes the proof along', async ({
  page,
  browser,
  isMobile,
}, { project }) => {
  test.setTimeout(240_000);
  const { baseURL, locale, timezoneId, viewport } = project.use;
  const theirs = await newPage(browser, { baseURL, locale, timezoneId, viewport });
  const { id, ownerId, since } = await recordMarch(theirs);
  await signInAs(page, 'auditor');
  await page.goto(`/changes?from=2026-03-01&to=2026-03-31&ownerId=${ownerId}&since=${since}`);
  await expect(page.getByRole('heading', { name: /^1 change/ })).toBeVisible();
  await expect(page.getByRole('main').locator('ins', { hasText: '13.20' })).toBeVisible();
  await axeInBothThemes(page);
  await expectNoSidewaysScroll(page);

  await page.goto(`/audit/replay?ownerId=${ownerId}&month=2026-03`);
  await expect(page.getByText('Step 0 of 6')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Step 1 of 6')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The event' })).toContainText('Expense recorded');
  await page.keyboard.press('End');
  await expect(page.getByText('Step 6 of 6')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The event' })).toContainText('Expense amended');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByText(/^Step [1-9]\d* of/)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await axeInBothThemes(page);
  await expectNoSidewaysScroll(page);

  await page.goto(`/expenses?expense=${id}&pane=history`);
  const downloading = page.waitForEvent('download');
  await details(page).getByRole('button', { name: 'Save proof pack' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.zip$/);
  await expect(details(page).getByText(/is saved\./)).toBeVisible();
  await axeInBothThemes(page);
  if (isMobile) return;

  await page.goto('/audit');
  await expect(page.getByText('Sealed', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Proof pack' }).click();
  await expect(page.getByRole('dialog', { name: 'Proof pack' })).toBeVisible();
  await axeInBothThemes(page);
});

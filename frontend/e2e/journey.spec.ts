import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { addMeal, command, details, registerMember, row, signIn, watch, type Login } from './support';

/** One member's first day, from registration to signing out. */
test.describe.configure({ mode: 'serial' });

let page: Page;
let login: Login;
let complaints: string[];

test.beforeAll(async ({ browser }, { project }) => {
  const { viewport, isMobile, hasTouch, locale, timezoneId, baseURL } = project.use;
  page = await browser.newPage({
    viewport,
    isMobile,
    hasTouch,
    locale,
    timezoneId,
    baseURL,
    acceptDownloads: true,
  });
  complaints = watch(page, [/401|404|410|Failed to load resource/]);
});
test.afterAll(async () => {
  await page.close();
});

test('a person registers and is told what to do first', async () => {
  login = await registerMember(page);
  await expect(page.getByRole('main').getByRole('link', { name: 'Add your first meal' })).toBeVisible();
});

test('a meal is added by keyboard alone', async () => {
  await page.goto('/expenses');
  await expect(page.getByText('No meals yet')).toBeVisible();
  await page.keyboard.press('n');
  const amount = page.getByRole('textbox', { name: 'Amount' });
  await expect(amount).toBeFocused();
  await page.keyboard.type('12,50');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Place' })).toBeFocused();
  await page.keyboard.type('Corner Deli');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/12[.,]50 saved/)).toBeVisible();
  await expect(row(page, 'Corner Deli')).toBeVisible();
  await expect(page.getByText('1 expense', { exact: true })).toBeVisible();
});

test('what is wrong stands beside its field, and nothing typed is lost', async () => {
  await page.getByRole('button', { name: 'Add expense' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'New expense' });
  await sheet.getByRole('textbox', { name: 'Amount' }).fill('3.999');
  await sheet.getByRole('combobox', { name: 'Place' }).fill('Half a thought');
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sheet.getByText(/at most 2 decimals/)).toBeVisible();
  await page.reload();
  await expect(sheet.getByText('Your draft is back.')).toBeVisible();
  await expect(sheet.getByRole('combobox', { name: 'Place' })).toHaveValue('Half a thought');
  await sheet.getByRole('textbox', { name: 'Amount' }).fill('4');
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(row(page, 'Half a thought')).toBeVisible();
});

test('adding is undone', async () => {
  await addMeal(page, { amount: '99', place: 'A mistake' });
  await expect(row(page, 'A mistake')).toBeVisible();
  await page
    .getByText('99.00 saved')
    .locator('xpath=ancestor::*[@role="alert"]')
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(row(page, 'A mistake')).toBeHidden();
});

test('a meal is amended, its history tells old and new, and the old version comes back', async () => {
  await row(page, 'Corner Deli').click();
  await details(page).getByRole('button', { name: 'Edit' }).click();
  await details(page).getByRole('textbox', { name: 'Amount' }).fill('13.20');
  await details(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(details(page).getByText('£13.20')).toBeVisible();
  await details(page).getByText('History', { exact: true }).click();
  const timeline = details(page).getByRole('list', { name: 'History' });
  await expect(timeline.locator('del', { hasText: '12.50' })).toBeVisible();
  await expect(timeline.locator('ins', { hasText: '13.20' })).toBeVisible();
  await expect(page).toHaveURL(/pane=history/);
  await timeline.getByRole('button', { name: 'Restore this version' }).click();
  await expect(timeline.getByRole('listitem').filter({ hasText: 'Restored version 1' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await expect(row(page, 'Corner Deli')).toContainText('12.50');
});

test('someone else was faster: both versions are shown and one is chosen', async () => {
  await row(page, 'Corner Deli').click();
  await details(page).getByRole('button', { name: 'Edit' }).click();
  await expect(details(page).getByRole('textbox', { name: 'Amount' })).toHaveValue('12.50');
  const id = new URL(page.url()).searchParams.get('expense')!;
  const current = await page.request.get(`/api/v1/expenses/${id}`);
  const {
    id: _id,
    ownerId: _owner,
    version,
    recordedAt: _at,
    amendedAt: _amended,
    receipts: _receipts,
    ...content
  } = await current.json();
  const elsewhere = { ...content, notes: 'written elsewhere' };
  await command(page, 'PUT', `/expenses/${id}`, elsewhere, { 'If-Match': `"${version}"` });
  await details(page).getByRole('textbox', { name: 'Amount' }).fill('14');
  await details(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(details(page).getByText('Someone else was faster')).toBeVisible();
  await expect(details(page).getByRole('row', { name: /Notes written elsewhere/ })).toBeVisible();
  await details(page).getByRole('button', { name: 'Keep mine' }).click();
  await expect(details(page).getByText('£14.00')).toBeVisible();
  await page.goBack();
  await page.goto('/expenses');
});

test('a meal is deleted, brought back by Undo, deleted again and restored from the bin', async () => {
  for (const undo of [true, false]) {
    await row(page, 'Half a thought').click();
    await details(page).getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText('“Half a thought” deleted')).toBeVisible();
    await expect(row(page, 'Half a thought')).toBeHidden();
    if (undo) {
      await page
        .getByText('“Half a thought” deleted')
        .locator('..')
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect(row(page, 'Half a thought')).toBeVisible();
    }
  }
  await page.goto('/bin');
  await page.getByRole('button', { name: 'Bring back Half a thought' }).click();
  await expect(page.getByRole('button', { name: 'Bring back Half a thought' })).toBeHidden();
  await page.goto('/expenses');
  await expect(row(page, 'Half a thought')).toBeVisible();
});

test('several meals are chosen by keyboard, added up, and deleted with one undo', async () => {
  const chosen = page.getByRole('region', { name: 'Chosen expenses' });
  await row(page, 'Half a thought').press('Shift+Enter');
  await expect(chosen).toContainText('1 chosen');
  await row(page, 'Corner Deli').press('Shift+Enter');
  await expect(chosen).toContainText('2 chosen');
  await expect(chosen).toContainText('£18.00');
  await chosen.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 expenses deleted')).toBeVisible();
  await expect(row(page, 'Corner Deli')).toBeHidden();
  await page.getByText('2 expenses deleted').locator('..').getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Corner Deli')).toBeVisible();
  await expect(row(page, 'Half a thought')).toBeVisible();
});

test('a file is imported row by row, and the same file again changes nothing', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const lines = [
    'date,amount,restaurant_name,meal_type,notes',
    `${today},24.77,Imported Bistro,lunch,one`,
    `${today},-5.00,Imported Refund,dinner,two`,
    `2026-02-30,1.00,Nowhere,lunch,three`,
  ];
  const file = { name: 'meals.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('2 expenses recorded from meals.csv')).toBeVisible();
  await expect(page.getByRole('row', { name: /^3 Not taken/ })).toBeVisible();
  await page.getByRole('button', { name: 'Import another file' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('0 expenses recorded from meals.csv')).toBeVisible();
  await page.getByRole('link', { name: 'See the expenses' }).click();
  await expect(row(page, 'Imported Refund')).toContainText('refund');
});

test('the list is filtered and searched, the address says how, and the total follows', async () => {
  await page.goto('/expenses');
  await page.getByRole('button', { name: 'Meal', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Lunch' }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/mealType=lunch/);
  await expect(row(page, 'Imported Refund')).toBeHidden();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('searchbox', { name: 'Search expenses' }).fill('bistro');
  await expect(page).toHaveURL(/q=bistro/);
  await expect(page.getByText('1 expense', { exact: true })).toBeVisible();
  await expect(page.getByRole('status').getByText('£24.77')).toBeVisible();
  await page.reload();
  await expect(row(page, 'Imported Bistro')).toBeVisible();
});

test('exactly what is filtered is exported', async () => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain('Imported Bistro');
  expect(text).not.toContain('Corner Deli');
});

test('the overview starts with a sentence, and its bars lead to the expenses behind them', async () => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('so far in');
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date());
  await page.getByRole('link', { name: new RegExp(`^${month}: `) }).click();
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(row(page, 'Corner Deli')).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: /^No category/ }).click();
  await expect(page).toHaveURL(/categoryId=none/);
  await expect(row(page, 'Corner Deli')).toBeVisible();
});

test('reports answer for a chosen period, as pictures and as tables', async () => {
  await page.goto('/reports');
  await page.getByRole('button', { name: /^Period:/ }).click();
  await page.getByRole('button', { name: 'This month', exact: true }).click();
  await expect(page).toHaveURL(/from=/);
  await page.getByRole('button', { name: 'As table' }).first().click();
  await expect(page.getByRole('table').first().getByRole('row')).toHaveCount(2);
});

test('a category is made and renamed', async () => {
  await page.goto('/categories');
  await page.getByRole('button', { name: 'New category' }).click();
  await page.getByLabel('Name').fill('Team events');
  await page.getByRole('radio', { name: 'pizza' }).check({ force: true });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Edit Team events' }).click();
  await page.getByLabel('Name').fill('Team lunches');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Edit Team lunches' })).toBeVisible();
});

test('an import is taken back as one act, and what it brought is in the bin', async () => {
  await page.goto('/import');
  await page.getByRole('button', { name: /^Undo import, / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText(/\d+ expenses? deleted\./)).toBeVisible();
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Undo import, / })).toHaveCount(0);
  await page.goto('/bin');
  await page.getByRole('link', { name: 'Imported Bistro' }).click();
  await expect(details(page).getByText('“Import undone”')).toBeVisible();
  await details(page).getByRole('button', { name: 'Close' }).click();
  await page.goto('/expenses');
  await expect(row(page, 'Corner Deli')).toBeVisible();
});

test('everything is within reach of the palette', async () => {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, find, do…').fill('corner');
  await page
    .getByRole('option', { name: /Corner Deli/ })
    .or(page.getByRole('button', { name: /Corner Deli/ }))
    .first()
    .click();
  await expect(details(page)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a person signs out and in again', async ({ isMobile }) => {
  await page.goto('/settings');
  if (isMobile) await page.getByRole('button', { name: 'More' }).click();
  else await page.getByRole('button', { name: /Robin Test/ }).click();
  await page
    .getByRole('menuitem', { name: 'Sign out' })
    .or(page.getByRole('button', { name: 'Sign out' }))
    .click();
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await page.goto('/expenses');
  await expect(page).toHaveURL(/sign-in\?next=/);
  await signIn(page, login);
  await expect(row(page, 'Corner Deli')).toBeVisible();
});

test('no page complained or talked to anybody else', () => {
  expect(complaints).toEqual([]);
});

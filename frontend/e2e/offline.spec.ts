import { expect, test } from '@playwright/test';
import { addMeal, registerMember, row } from './support';

test('a meal entered without a connection waits, and is recorded once it is back', async ({ page }) => {
  test.setTimeout(120_000);
  await registerMember(page);
  await page.goto('/expenses');
  // the sheet has not been opened before
  await (await page.waitForResponse(/\/add-sheet[-.]/)).finished();
  await expect(page.getByText('No meals yet')).toBeVisible();

  await page.context().setOffline(true);
  await expect(page.getByText(/You are offline\./)).toBeVisible();
  await addMeal(page, { amount: '4.20', place: 'Mountain Hut', meal: 'Lunch' });
  await expect(row(page, 'Mountain Hut').or(page.getByText('Mountain Hut')).first()).toBeVisible();
  await expect(page.getByText('Waiting for the connection')).toBeVisible();

  await page.context().setOffline(false);
  await expect(page.getByText('Waiting for the connection')).toBeHidden({ timeout: 30_000 });
  await expect(row(page, 'Mountain Hut')).toHaveCount(1);
  await expect(page.getByText('1 expense', { exact: true })).toBeVisible();
});

import { expect, test } from '@playwright/test';
import { loginOf, signIn, watch } from './support';

const administrator = loginOf('MEALS_ADMIN', 'admin@example.test');
if (administrator) {
  test('a read model is rebuilt by keyboard, watched, and swapped with proof', async ({ page }, {
    project,
  }) => {
    test.skip(project.name === 'phone', 'once is enough: the log is everybody’s');
    const complaints = watch(page);
    await signIn(page, administrator);
    await page.goto('/system');
    const choose = page.getByRole('checkbox', { name: 'Choose categories' });
    await choose.focus();
    await page.keyboard.press('Space');
    await expect(choose).toBeChecked();
    const reason = `Watched at ${new Date().toISOString()}`;
    await page.getByRole('button', { name: 'Rebuild 1…' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Rebuild categories' });
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await page.keyboard.type(reason);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/system\/rebuilds$/);
    const rebuild = page.getByRole('main').getByRole('listitem').filter({ hasText: reason });
    await expect(rebuild).toBeVisible();
    await expect(rebuild.getByText('Swapped', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(rebuild.getByText(/^took /)).toBeVisible();
    await rebuild.getByRole('button', { name: 'Proof of the comparison' }).focus();
    await page.keyboard.press('Enter');
    await expect(rebuild.getByText('Equal', { exact: true })).toBeVisible();
    await expect(rebuild.getByText('Checksum')).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('nothing is decided without a reason, and Escape leaves everything as it is', async ({ page }) => {
    await signIn(page, administrator);
    await page.goto('/system');
    const open = page.getByRole('button', { name: 'Rebuild all…' });
    await open.click();
    const dialog = page.getByRole('dialog', { name: 'Rebuild every read model' });
    await dialog.getByRole('textbox', { name: 'Reason' }).press('Enter');
    await expect(dialog.getByText('Please say why.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
    await expect(page).toHaveURL(/\/system$/);
  });
}

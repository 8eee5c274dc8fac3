import { expect, test } from '@playwright/test';
import { expectNoAxeViolations, given, loginOf, newPage, settled, signIn, signInAs, watch } from './support';

test('a read model is rebuilt by keyboard, watched, and swapped with proof', async ({ page }, {
  project,
}) => {
  test.skip(project.name === 'phone', 'once is enough: the log is everybody’s');
  const complaints = watch(page);
  await signInAs(page, 'administrator');
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
  await signInAs(page, 'administrator');
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

test('what was put aside is retried, discarded, rebuilt, found different and swapped', async ({ browser }, {
  project,
}) => {
  test.skip(project.name === 'phone', 'once is enough: what is discarded stays so');
  test.skip(!process.env.MEALS_URL, 'the mocked API has no database to break');
  // put aside by whoever started the product, which takes its database
  const member = loginOf('MEALS_PARKED_MEMBER');
  const [mended, broken] = [given('MEALS_PARKED_MENDED'), given('MEALS_PARKED_BROKEN')];
  test.setTimeout(180_000);
  const { baseURL, locale, timezoneId, viewport } = project.use;
  const theirs = await newPage(browser, { baseURL, locale, timezoneId, viewport });
  await signIn(theirs, member);
  const notice = theirs.getByText('these figures may be missing them');
  await theirs.goto('/');
  await expect(notice).toBeVisible();
  await expect(theirs.getByText('Nothing is lost: every entry is kept as you made it.')).toBeVisible();

  const page = await newPage(browser, { baseURL, locale, timezoneId, viewport });
  const complaints = watch(page);
  await signInAs(page, 'administrator');
  await page.goto('/system');
  await expect(page.getByRole('row', { name: /rebuild-control/ })).toContainText('Up to date');
  await page.getByRole('link', { name: /Parked events of monthly-report: 2 parked/ }).click();
  const main = page.getByRole('main');
  const group = (subject: string) =>
    main
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'MealExpense' }) })
      .filter({ hasText: subject });
  const decide = async (act: 'Retry' | 'Discard', subject: string, reason: string) => {
    await main.getByRole('button', { name: `${act}… MealExpense …${subject.slice(-8)}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: act, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await expect(group(mended)).toContainText('event 1 follows event -1');
  await expect(group(broken)).toContainText('MealExpenseAmended');

  await decide('Retry', mended, 'The row is mended');
  await expect(group(mended)).toHaveCount(0);
  await decide('Retry', broken, 'Perhaps this one too');
  await expect(group(broken)).toContainText('Tried again and failed again.');
  await expect(group(broken)).toContainText('tried again once');
  await decide('Discard', broken, 'Known, and to be rebuilt');
  await expect(main.getByRole('heading', { name: 'Discarded', exact: true })).toBeVisible();
  await expect(main.getByText('Nothing waits for a decision.')).toBeVisible();
  const decisions = main.getByRole('list', { name: 'Last decisions' }).getByRole('listitem');
  const short = (subject: string) => `…${subject.slice(-8)}`;
  await expect(decisions.filter({ hasText: short(broken) })).toContainText(['Discarded', 'Failed again']);
  await expect(decisions.filter({ hasText: short(mended) })).toContainText(['Back again']);
  await expectNoAxeViolations(page);

  // it stays out of the report, which says so and promises nothing that discarding has ended
  await theirs.reload();
  await expect(notice).toBeVisible();

  await main.getByRole('button', { name: 'Rebuild… monthly-report' }).click();
  const reason = `To have it in again, ${new Date().toISOString()}`;
  const dialog = page.getByRole('dialog', { name: 'Rebuild monthly-report' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('textbox', { name: 'Reason' }).press('Enter');
  await expect(page).toHaveURL(/\/system\/rebuilds$/);
  const rebuild = main.getByRole('listitem').filter({ hasText: reason });
  await expect(rebuild.getByText('The new copy is not equal to the live one')).toBeVisible({
    timeout: 60_000,
  });
  const table = rebuild.getByRole('region', { name: 'Table monthly_report_line' });
  await expect(table).toContainText(broken);
  await expect(table).toContainText(/differs in .*amount/);
  await expect(rebuild).not.toContainText('13.20');
  await expectNoAxeViolations(page);
  await theirs.reload();
  await expect(notice).toBeVisible();

  await rebuild.getByRole('button', { name: 'Swap anyway…' }).click();
  const swap = page.getByRole('dialog', { name: 'Swap although they differ?' });
  await swap.getByRole('textbox', { name: 'Reason' }).fill('That was the purpose');
  await swap.getByRole('button', { name: 'Swap', exact: true }).click();
  await expect(rebuild.getByText('Swapped although different')).toBeVisible({ timeout: 60_000 });
  await expect(rebuild.getByRole('list', { name: 'Decisions' })).toContainText('decided to swap');

  const answer = await theirs.request.get('/api/v1/reports/monthly?from=2026-03&to=2026-03');
  expect(await answer.json()).toEqual({
    months: [{ month: '2026-03', totals: [{ currency: 'EUR', amount: '26.40', count: 2 }] }],
  });
  await theirs.reload();
  await settled(theirs);
  await expect(theirs.getByRole('main')).toBeVisible();
  await expect(notice).toHaveCount(0);
  expect(complaints).toEqual([]);
});

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

export interface Login {
  email: string;
  password: string;
}

/** Every run brings its own member, so that it can be repeated against the same server. */
export async function registerMember(page: Page, name = 'Robin Test'): Promise<Login> {
  const login = {
    email: `e2e-${randomUUID()}@example.test`,
    password: `Correct horse ${randomUUID().slice(0, 8)}`,
  };
  await page.goto('/register');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(login.email);
  await page.getByLabel('Password', { exact: true }).fill(login.password);
  const create = page.getByRole('button', { name: 'Create account' });
  await expect(async () => {
    // registration is throttled: wait as long as the server asks for; whose first page is slow is registered already
    if (await create.isVisible()) {
      await create.click();
    }
    await expect(page.getByText('Your first meal starts the picture')).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 75_000, intervals: [5_000] });
  return login;
}

export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(login.email);
  await page.getByLabel('Password', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** What only those know who started the product. Without it a test is skipped in the open; in a pipeline it fails. */
export function given(variable: string): string {
  const value = process.env[variable] ?? '';
  if (process.env.CI) expect(value, `${variable} is needed`).not.toBe('');
  test.skip(value === '', `${variable} is not given`);
  return value;
}

/** Reads "email:password". */
export function loginOf(variable: string): Login {
  const [email = '', ...password] = given(variable).split(':');
  return { email, password: password.join(':') };
}

const STAFF = {
  auditor: { variable: 'MEALS_AUDITOR', mocked: 'audit@example.test' },
  administrator: { variable: 'MEALS_ADMIN', mocked: 'admin@example.test' },
};

/** Those who cannot register themselves: whom the environment names, or the mocked API's own. */
export async function signInAs(page: Page, role: keyof typeof STAFF): Promise<void> {
  const { variable, mocked } = STAFF[role];
  const login = process.env.MEALS_URL
    ? loginOf(variable)
    : { email: mocked, password: 'correct horse battery' };
  await signIn(page, login);
}

/** Sends a command as whoever is signed in there, without going through the screens. */
export async function command(
  page: Page,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const answer = await page.evaluate(
    async (it) => {
      const csrf = /met_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const { ok, status } = await fetch(`/api/v1${it.path}`, {
        method: it.method,
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, ...it.headers },
        body: JSON.stringify(it.body),
      });
      return { ok, status };
    },
    { method, path, body, headers },
  );
  expect(answer, `${method} ${path}`).toMatchObject({ ok: true });
}

export interface Meal {
  amount: string;
  place: string;
  meal?: string;
}

export async function addMeal(page: Page, { amount, place, meal }: Meal): Promise<void> {
  await page.getByRole('button', { name: 'Add expense' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'New expense' });
  await sheet.getByRole('textbox', { name: 'Amount' }).fill(amount);
  if (meal) await sheet.getByRole('radio', { name: meal, exact: true }).check({ force: true });
  await sheet.getByRole('combobox', { name: 'Place' }).fill(place);
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sheet).toBeHidden();
}

/** The details of one expense: beside the list, or over it on a phone. */
export function details(page: Page): Locator {
  return page
    .getByRole('complementary', { name: 'Details' })
    .or(page.getByRole('dialog', { name: 'Details' }));
}

export function row(page: Page, place: string): Locator {
  return page.getByRole('link', { name: new RegExp(place) });
}

export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.waitForTimeout(350);
}

/** Whether the pages of this build were scanned on another form of the product, which serves the same ones. */
export const looksAreKnown = process.env.MEALS_LOOKS === 'known';

export async function axeInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoAxeViolations(page);
  }
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beyond).toBeLessThanOrEqual(0);
}

export async function expectNoAxeViolations(page: Page): Promise<void> {
  if (looksAreKnown) {
    await settled(page);
    return;
  }
  // what is just fading, as a message does that nobody answered, has no contrast
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await settled(page);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  await page.emulateMedia({ reducedMotion: null });
  expect(found).toEqual([]);
}

/** What a page may not do: log an error, or talk to anybody else. */
export function watch(page: Page, allowed: RegExp[] = []): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !allowed.some((pattern) => pattern.test(text))) complaints.push(text);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (
      url.protocol.startsWith('http') &&
      url.origin !== new URL(page.url()).origin &&
      page.url().startsWith('http')
    )
      complaints.push(`request to ${url.origin}`);
  });
  return complaints;
}

export async function newPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
): Promise<Page> {
  return (await browser.newContext(options)).newPage();
}

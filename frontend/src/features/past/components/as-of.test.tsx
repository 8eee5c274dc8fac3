import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addDays, today } from '@/lib/dates';
import { instantAt } from '@/lib/instants';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';
import type { MockBackend } from '@/testing/mock-backend';

const day = (ago: number) => addDays(today(), -ago);
/** Before anything happened, between the two acts of the story, and its acts. */
const BEFORE = instantAt(day(12), '12:00')!;
const RECORDED = instantAt(day(10), '12:00')!;
const BETWEEN = instantAt(day(8), '12:00')!;
const AMENDED = instantAt(day(5), '12:00')!;
const LUNCH = '0199a000-0000-7000-8000-00000000a001';
const DINNER = '0199a000-0000-7000-8000-00000000a002';

/** A lunch that was recorded and corrected later, and a dinner that was entered only then. */
function story(signedInAs: 'member' | 'auditor' = 'member'): MockBackend {
  const backend = serve({ signedInAs, demo: false });
  const [member] = [...backend.accounts.values()];
  const meal = { spentOn: day(10), currency: 'EUR', mealType: 'lunch' as const, tags: [], attendees: [] };
  backend.record(member!, LUNCH, { ...meal, amount: '12.50', place: 'Corner Deli' }, 'web', RECORDED);
  backend.amend(member!, LUNCH, { ...meal, amount: '21.50', place: 'Corner Deli' }, 'Typo', AMENDED);
  backend.record(member!, DINNER, { ...meal, amount: '40.00', place: 'Izakaya' }, 'web', AMENDED);
  return backend;
}

const at = (instant: string) => `asOf=${encodeURIComponent(instant)}`;
const ribbon = () => screen.findByRole('region', { name: 'The past' });

describe('looking at the past', () => {
  it('shows the list as it stood, under a ribbon that says so', async () => {
    story();
    renderApp(`/expenses?${at(BETWEEN)}`);
    expect(await ribbon()).toHaveTextContent(/As of .*12:00/);
    expect(await screen.findByRole('link', { name: /Corner Deli/ })).toHaveTextContent('€12.50');
    expect(screen.queryByRole('link', { name: /Izakaya/ })).not.toBeInTheDocument();
    expect(await screen.findByText('1 expense')).toBeVisible();
    expect(document.title).toMatch(/^As of .* · Expenses/);
  });

  it('goes along from page to page, and back to now by one button', async () => {
    story();
    const { user, history } = renderApp(`/expenses?${at(BETWEEN)}`);
    await screen.findByRole('link', { name: /Corner Deli/ });
    await user.click(screen.getAllByRole('link', { name: 'Reports' })[0]!);
    expect(await screen.findByText('in 1 meal,', { exact: false })).toHaveTextContent('€12.50');
    expect(history.location.search).toContain(at(BETWEEN));
    await user.click(screen.getAllByRole('link', { name: 'Overview' })[0]!);
    expect(await screen.findByRole('link', { name: /Corner Deli/ })).toHaveTextContent('€12.50');

    await user.click(within(await ribbon()).getByRole('button', { name: 'Back to now' }));

    expect(await screen.findByRole('link', { name: /Izakaya/ })).toBeVisible();
    expect(screen.queryByRole('region', { name: 'The past' })).not.toBeInTheDocument();
    expect(history.location.search).not.toContain('asOf');
  });

  it('leaves the past behind where there is none', async () => {
    story();
    const { user, history } = renderApp(`/expenses?${at(BETWEEN)}`);
    await screen.findByRole('link', { name: /Corner Deli/ });
    await user.click(screen.getAllByRole('link', { name: 'Import' })[0]!);
    await waitFor(() => expect(history.location.pathname).toBe('/import'));
    expect(history.location.search).toBe('');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'The past' })).not.toBeInTheDocument());
  });

  it('disables everything that changes something, and says why to whoever tries', async () => {
    const backend = story();
    const { user, history } = renderApp(`/expenses?${at(BETWEEN)}&expense=${LUNCH}`);
    const drawer = await screen.findByRole('complementary', { name: 'Details' });
    expect(await within(drawer).findByText('€12.50')).toBeVisible();
    expect(drawer).toHaveTextContent(/As of .*12:00/);
    const [add] = screen.getAllByRole('button', { name: 'Add expense' });
    for (const button of [
      add!,
      within(drawer).getByRole('button', { name: 'Edit' }),
      within(drawer).getByRole('button', { name: 'More actions' }),
    ]) {
      expect(button).toHaveAttribute('aria-disabled', 'true');
      expect(button).toHaveAttribute(
        'title',
        'You are looking at the past. Go back to now to change anything.',
      );
    }
    await user.click(within(drawer).getByRole('button', { name: 'Edit' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('You are looking at the past.');
    expect(history.location.search).not.toContain('pane');
    await user.keyboard('n');
    expect(history.location.search).not.toContain('add');

    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Back to now' }));

    expect(await within(drawer).findByText('€21.50')).toBeVisible();
    expect(within(drawer).getByRole('button', { name: 'Edit' })).not.toHaveAttribute('aria-disabled');
    expect(backend.expenses.get(LUNCH)!.version).toBe(1);
  });

  it('opens no form for an address that asks for one', async () => {
    story();
    renderApp(`/expenses?${at(BETWEEN)}&add=1&expense=${LUNCH}&pane=edit`);
    const drawer = await screen.findByRole('complementary', { name: 'Details' });
    expect(await within(drawer).findByText('€12.50')).toBeVisible();
    expect(screen.queryByRole('textbox', { name: 'Amount' })).not.toBeInTheDocument();
  });

  it('tells of an expense only what was known, and goes to any of its moments', async () => {
    story();
    const { user, history } = renderApp(`/expenses?${at(BETWEEN)}&expense=${LUNCH}&pane=history`);
    const timeline = await screen.findByRole('list', { name: 'History' });
    expect(within(timeline).getAllByRole('listitem')).toHaveLength(1);
    expect(timeline).toHaveTextContent('Version 1, as it was then');
    expect(screen.getByText('1 later change is not shown.')).toBeVisible();

    await user.click(within(await ribbon()).getByRole('button', { name: 'Back to now' }));
    expect(await screen.findByText('Version 2, as it is now')).toBeVisible();
    await user.click(screen.getAllByRole('button', { name: 'See everything as of then' })[0]!);

    expect(history.location.search).toContain(at(new Date(RECORDED).toISOString()).slice(0, 24));
    expect(await ribbon()).toBeVisible();
  });

  it('says of an expense that was not recorded yet that it was not', async () => {
    story();
    renderApp(`/expenses?${at(BETWEEN)}&expense=${DINNER}`);
    expect(await screen.findByText('Not on record yet')).toBeVisible();
  });

  it('has nothing before the first entry, and says so', async () => {
    story();
    renderApp(`/expenses?${at(BEFORE)}`);
    expect(await screen.findByText('Nothing was on record yet')).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Add expense' })[0]).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    // in the ribbon, and where nothing else can be done
    expect(screen.getAllByRole('button', { name: 'Back to now' })).toHaveLength(2);
  });

  it('is the same for an auditor, down to the events that make up a number', async () => {
    story('auditor');
    const { user } = renderApp(`/expenses?${at(BETWEEN)}`);
    await user.click(await screen.findByRole('link', { name: 'Events behind this number' }));
    expect(await screen.findByText(/The stored events add up to the same/)).toHaveTextContent('€12.50');
    expect(await ribbon()).toBeVisible();
  });
});

describe('choosing a moment', () => {
  it('is a key away, and offers the usual ones', async () => {
    story();
    const { user, history } = renderApp('/expenses');
    await screen.findByRole('link', { name: /Izakaya/ });
    await user.keyboard('t');
    const dialog = await screen.findByRole('dialog', { name: 'Look at the past' });
    await user.click(within(dialog).getByRole('button', { name: /^Start of today/ }));
    expect(history.location.search).toContain(at(instantAt(today(), '00:00')!));
    expect(await ribbon()).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('takes a day and a time, and refuses what is still to come beside its field', async () => {
    story();
    const { user, history } = renderApp('/expenses');
    await user.click(await screen.findByRole('button', { name: 'Look at the past' }));
    const dialog = await screen.findByRole('dialog', { name: 'Look at the past' });
    const time = within(dialog).getByLabelText(/^Time on/);
    await user.clear(time);
    await user.click(within(dialog).getByRole('button', { name: 'Show it as of then' }));
    expect(await within(dialog).findByText('Please give a time.')).toBeVisible();
    await user.type(time, '18:30');
    await user.click(within(dialog).getByRole('button', { name: 'Show it as of then' }));
    expect(history.location.search).toContain(at(instantAt(day(1), '18:30')!));
  });

  it('starts from the one that is shown', async () => {
    story();
    const { user } = renderApp(`/expenses?${at(BETWEEN)}`);
    await user.click(within(await ribbon()).getByRole('button', { name: 'Change' }));
    const dialog = await screen.findByRole('dialog', { name: 'Look at the past' });
    expect(within(dialog).getByLabelText(/^Time on/)).toHaveValue('12:00');
  });
});

describe('a moment that there is nothing to say about', () => {
  it('in the future is refused for the whole page', async () => {
    story();
    const { user } = renderApp('/reports?asOf=2999-01-01T00%3A00%3A00Z');
    expect(await screen.findByRole('heading', { name: 'This moment is still to come' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    await user.click(
      within(screen.getByRole('main')).getAllByRole('button', { name: 'Back to now' }).at(-1)!,
    );
    expect(await screen.findByRole('heading', { name: 'Reports' })).toBeVisible();
  });

  it('that is none is never read as now', async () => {
    story();
    const { history } = renderApp('/expenses?asOf=2026-02-31T00%3A00%3A00Z');
    expect(await screen.findByRole('heading', { name: 'This is not a moment' })).toBeVisible();
    expect(screen.queryByRole('link', { name: /Izakaya/ })).not.toBeInTheDocument();
    expect(history.location.search).toContain('asOf');
  });

  it('that is not worked in yet is waited for, and told as such', async () => {
    story();
    let behind = true;
    server.use(
      refuse(
        'get',
        '/expenses',
        { type: '/problems/projection-behind', status: 503 },
        { while: () => behind, headers: { 'Retry-After': '1' } },
      ),
    );
    renderApp(`/expenses?${at(BETWEEN)}`);
    expect(await screen.findByText(/Not everything until that moment is worked in yet/)).toBeVisible();
    behind = false;
    expect(await screen.findByRole('link', { name: /Corner Deli/ })).toHaveTextContent('€12.50');
  });
});

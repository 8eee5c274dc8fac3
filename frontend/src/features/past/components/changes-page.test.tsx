import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addMonths, firstDay, formatMonth, lastDay, monthOf, today } from '@/lib/dates';
import { endOfDay, instantAt } from '@/lib/instants';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

const MONTH = addMonths(monthOf(today()), -2);
const NEXT = addMonths(MONTH, 1);
const CLOSED = endOfDay(lastDay(MONTH));
const id = (n: number) => `0199a000-0000-7000-8000-00000000b00${n}`;

/** A month that was closed with three meals; later one was amended, one deleted, one moved out, and one came in. */
function closedMonth(signedInAs: 'member' | 'auditor' = 'member') {
  const backend = serve({ signedInAs, demo: false });
  const [member] = [...backend.accounts.values()];
  const meal = { currency: 'EUR', mealType: 'lunch' as const, tags: [], attendees: [] };
  const on = (date: string) => `${MONTH}-${date}`;
  const later = (date: string) => instantAt(`${NEXT}-${date}`, '09:30')!;
  const given = { ...meal, amount: '10.00', spentOn: on('10') };
  backend.record(member!, id(1), { ...given, place: 'Corner Deli' }, 'web', instantAt(on('10'), '13:00'));
  backend.record(member!, id(2), { ...given, place: 'Twice' }, 'web', instantAt(on('10'), '13:05'));
  backend.record(member!, id(3), { ...given, place: 'Izakaya' }, 'web', instantAt(on('12'), '20:00'));
  backend.amend(
    member!,
    id(1),
    { ...given, place: 'Corner Deli', amount: '18.90' },
    'Typo in the amount',
    later('02'),
  );
  backend.setDeleted(member!, id(2), true, 'Entered twice', later('03'));
  backend.amend(
    member!,
    id(3),
    { ...given, place: 'Izakaya', spentOn: `${NEXT}-01` },
    'Wrong day',
    later('04'),
  );
  backend.record(
    member!,
    id(4),
    { ...meal, amount: '1200', currency: 'JPY', spentOn: on('20'), place: 'Nishiki Market' },
    'web',
    later('05'),
  );
  return backend;
}

const address = (part: Record<string, string> = {}) =>
  `/changes?${new URLSearchParams({ since: CLOSED, from: firstDay(MONTH), to: lastDay(MONTH), ...part })}`;
const row = async (name: string) => (await screen.findByRole('link', { name })).closest('li')!;

describe('what changed', () => {
  it('since a month was closed: the totals by currency, and each change field by field', async () => {
    closedMonth();
    renderApp(address());
    expect(
      await screen.findByRole('heading', {
        name: `What changed in ${formatMonth(MONTH)} since it was closed`,
      }),
    ).toBeVisible();
    const totals = await screen.findByRole('table', { name: 'Totals before and after' });
    expect(within(totals).getByRole('row', { name: /^EUR/ })).toHaveTextContent(
      'EUR€30.003 meals€18.901 meal−€11.102 meals fewer',
    );
    expect(within(totals).getByRole('row', { name: /^JPY/ })).toHaveTextContent(
      'JPY¥00 meals¥1,2001 meal+¥1,2001 meal more',
    );
    expect(await screen.findByRole('heading', { name: /^4 changes/ })).toHaveTextContent(
      '1 added · 1 amended · 2 removed',
    );

    const amended = await row('Corner Deli');
    expect(amended).toHaveTextContent('Amended');
    expect(amended).toHaveTextContent('“Typo in the amount”');
    expect(within(amended).getByText('Amount').closest('div')).toHaveTextContent('€10.00€18.90');
    expect(await row('Twice')).toHaveTextContent('Deleted');
    expect(await row('Twice')).toHaveTextContent('“Entered twice”');
    expect(await row('Izakaya')).toHaveTextContent('Moved out');
    expect(await row('Nishiki Market')).toHaveTextContent('Recorded later');
  });

  it('until another moment, that is chosen like any', async () => {
    closedMonth();
    const { user, history } = renderApp(address({ until: instantAt(`${NEXT}-03`, '00:00')! }));
    expect(await screen.findByRole('heading', { name: /^1 change/ })).toBeVisible();
    expect(screen.getByRole('heading', { level: 1 })).not.toHaveTextContent('since it was closed');

    await user.click(screen.getByRole('button', { name: /^Until/ }));
    await user.click(
      within(await screen.findByRole('dialog', { name: 'Compare until' })).getByRole('button', {
        name: /^Now/,
      }),
    );

    expect(await screen.findByRole('heading', { name: /^4 changes/ })).toBeVisible();
    expect(history.location.search).not.toContain('until');
  });

  it('says that nothing did', async () => {
    closedMonth();
    renderApp(address({ since: instantAt(`${NEXT}-06`, '00:00')! }));
    expect(await screen.findByText(`Nothing changed in ${formatMonth(MONTH)}`)).toBeVisible();
  });

  it('opens the history of what changed beside it', async () => {
    closedMonth();
    const { user } = renderApp(address());
    await user.click(await screen.findByRole('link', { name: 'Corner Deli' }));
    const timeline = await screen.findByRole('list', { name: 'History' });
    await waitFor(() => expect(within(timeline).getAllByRole('listitem')).toHaveLength(2));
  });

  it('is told by page, the latest first', async () => {
    const backend = closedMonth();
    const [member] = [...backend.accounts.values()];
    for (let i = 0; i < 70; i++) {
      const place = `Late ${i}`;
      const meal = { currency: 'EUR', mealType: 'snacks' as const, tags: [], attendees: [] };
      const content = { ...meal, amount: '1.00', spentOn: `${MONTH}-21`, place };
      const n = String(100 + i);
      backend.record(
        member!,
        `0199a000-0000-7000-8000-000000000${n}`,
        content,
        'web',
        instantAt(`${NEXT}-06`, '10:00'),
      );
    }
    const { user } = renderApp(address());
    expect(await screen.findByRole('heading', { name: 'The latest changes' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: /^74 changes/ })).toBeVisible();
  });

  it('can be tried again when it did not work', async () => {
    closedMonth();
    let broken = true;
    server.use(
      refuse(
        'get',
        '/expenses/changes',
        { type: '/problems/not-found', status: 404 },
        { while: () => broken },
      ),
    );
    const { user } = renderApp(address());
    await user.click(await screen.findByRole('button', { name: 'Try again' }, { timeout: 10_000 }));
    broken = false;
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: /^4 changes/ })).toBeVisible();
  });

  it('is a link away from a month in the report, from a closed period, and from the past', async () => {
    closedMonth();
    const { user, history } = renderApp('/reports');
    await user.click((await screen.findAllByRole('button', { name: 'As table' }))[0]!);
    await user.click(
      await screen.findByRole('link', { name: `What changed in ${formatMonth(MONTH)} since` }),
    );
    expect(await screen.findByRole('heading', { name: /^4 changes/ })).toBeVisible();
    expect(history.location.search).toContain(`since=${encodeURIComponent(CLOSED)}`);

    history.push(`/expenses?from=${firstDay(MONTH)}&to=${lastDay(MONTH)}&asOf=${encodeURIComponent(CLOSED)}`);
    const ribbon = await screen.findByRole('region', { name: 'The past' });
    await user.click(within(ribbon).getByRole('link', { name: 'What changed since' }));
    expect(await screen.findByRole('heading', { name: /^4 changes/ })).toBeVisible();
    expect(history.location.search).not.toContain('asOf');
  });

  it('tells an auditor whose, and by one person where one is chosen', async () => {
    const backend = closedMonth('auditor');
    const [member] = [...backend.accounts.values()];
    renderApp(address());
    expect(await row('Corner Deli')).toHaveTextContent('Mara Vogel');
    renderApp(address({ ownerId: member!.id }));
    await waitFor(() =>
      expect(
        backend.accesses.some(
          ({ filter }) => filter.since?.[0] === CLOSED && filter.ownerId?.[0] === member!.id,
        ),
      ).toBe(true),
    );
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse, serve, server } from '@/testing/server';
import { renderApp } from '@/testing/render-app';
import type { Device } from '@/api/types';
import type { MockBackend } from '@/testing/mock-backend';

let backend: MockBackend;
beforeEach(() => {
  backend = serve();
});

async function openKikunoi(user: ReturnType<typeof renderApp>['user']) {
  await user.click(await screen.findByRole('link', { name: /Kikunoi/ }));
  return screen.findByRole('complementary', { name: 'Details' });
}

async function typeAmount(user: ReturnType<typeof renderApp>['user'], amount: string) {
  await user.type(await screen.findByRole('textbox', { name: 'Amount' }), amount);
}

describe('the list', () => {
  it('shows expenses grouped by day, with the total of what is filtered', async () => {
    renderApp('/expenses?q=kyoto');
    expect(await screen.findByText('1 expense')).toBeVisible();
    expect(await screen.findByRole('link', { name: /Kikunoi Honten, Kyoto/ })).toHaveTextContent(
      '¥1,284,300',
    );
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(1);
  });

  it('teaches when a filter finds nothing', async () => {
    renderApp('/expenses?q=nothing-like-it');
    expect(await screen.findByText('Nothing matches these filters')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Clear filters' })).toBeVisible();
  });

  it('says in words what went wrong, and tries again', async () => {
    let broken = true;
    server.use(
      refuse('get', '/expenses', { type: '/problems/forbidden', status: 403 }, { while: () => broken }),
    );
    const { user } = renderApp('/expenses');
    expect(await screen.findByRole('alert')).toHaveTextContent('You do not have access to this.');
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
  });

  it('waits for the read side to catch up instead of showing an older answer', async () => {
    let asked = 0;
    server.use(
      refuse(
        'get',
        '/expenses',
        { type: '/problems/projection-behind', status: 503 },
        { while: () => asked++ < 2, headers: { 'Retry-After': '1' } },
      ),
    );
    renderApp('/expenses');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
  });
});

describe('choosing several', () => {
  it('adds up what is chosen, deletes it together, and brings it back together', async () => {
    const { user } = renderApp('/expenses?mealType=dinner');
    const rows = () => screen.getAllByRole('link', { name: /Dinner/ });
    await screen.findByRole('link', { name: /Kikunoi/ });
    const before = rows().map((row) => row.textContent);
    await user.keyboard('{Shift>}');
    await user.click(rows()[0]!);
    await user.click(rows()[2]!);
    await user.keyboard('{/Shift}');
    const bar = await screen.findByRole('region', { name: 'Chosen expenses' });
    expect(bar).toHaveTextContent('3 chosen');
    expect(bar).toHaveTextContent('¥1,284,300');
    await user.click(within(bar).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('3 expenses deleted')).toBeVisible();
    expect(screen.queryByRole('link', { name: /Kikunoi/ })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Chosen expenses' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(rows().map((row) => row.textContent)).toEqual(before));
  });

  it('says how many were not deleted when somebody else was faster with one', async () => {
    const { user } = renderApp('/expenses?mealType=dinner');
    await screen.findByRole('link', { name: /Kikunoi/ });
    const rows = screen.getAllByRole('link', { name: /Dinner/ });
    await user.keyboard('{Shift>}');
    await user.click(rows[0]!);
    await user.click(rows[1]!);
    await user.keyboard('{/Shift}');
    const kikunoi = [...backend.expenses.values()].find((expense) => expense.place?.startsWith('Kikunoi'))!;
    kikunoi.version += 1;
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('1 expense was not deleted')).toBeVisible();
    expect(await screen.findByText('1 expense deleted')).toBeVisible();
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
  });
});

describe('adding', () => {
  it('records with an id of its own, shows it at once, and takes it back on Undo', async () => {
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '12,50');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Corner Deli{Enter}');
    expect(await screen.findByText('€12.50 saved')).toBeVisible();
    const made = [...backend.expenses.values()].find((expense) => expense.place === 'Corner Deli')!;
    expect(made).toMatchObject({ amount: '12.50', currency: 'EUR', version: 0 });
    expect(made.id[14]).toBe('7');
    expect(await screen.findByRole('link', { name: /Corner Deli/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(made.deletedAt).toBeDefined());
    await waitFor(() => expect(screen.queryByRole('link', { name: /Corner Deli/ })).not.toBeInTheDocument());
  });

  it('says beside the field what is missing', async () => {
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '3.999{Enter}');
    expect(await screen.findByText('EUR has at most 2 decimals.')).toBeVisible();
    await user.clear(screen.getByRole('textbox', { name: 'Amount' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('How much was it?')).toBeVisible();
  });

  it('opens again with everything typed and the reason beside its field when the server refuses', async () => {
    const errors = [{ field: 'place', message: 'must have at most 200 characters' }];
    server.use(
      refuse('post', '/expenses', {
        type: '/problems/validation',
        status: 400,
        detail: 'Some values cannot be accepted.',
        errors,
      }),
    );
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '12.50');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Corner Deli{Enter}');
    expect(await screen.findByText('Must have at most 200 characters')).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Place' })).toHaveValue('Corner Deli');
    expect(screen.getByRole('textbox', { name: 'Amount' })).toHaveValue('12.50');
  });

  it('keeps it while there is no connection and sends it once when there is', async () => {
    let attempts = 0;
    server.use(
      http.post('*/api/v1/expenses', () => {
        attempts += 1;
        if (attempts === 1) return HttpResponse.error();
        return undefined;
      }),
    );
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '7');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Train kiosk{Enter}');
    expect(await screen.findByText('Waiting for the connection')).toBeVisible();
    window.dispatchEvent(new Event('online'));
    expect(await screen.findByText('€7.00 saved')).toBeVisible();
    expect([...backend.expenses.values()].filter((expense) => expense.place === 'Train kiosk')).toHaveLength(
      1,
    );
  });

  it('brings back what was changed of a refused one after a reload', async () => {
    server.use(
      refuse('post', '/expenses', { type: '/problems/validation', status: 400, detail: 'No such place.' }),
    );
    const first = renderApp('/expenses?add=1');
    await typeAmount(first.user, '4.20');
    await first.user.type(screen.getByRole('combobox', { name: 'Place' }), 'Refused{Enter}');
    await waitFor(() => expect(screen.getByText('No such place.')).toBeVisible());
    await first.user.type(screen.getByRole('combobox', { name: 'Place' }), ' and mended');
    const address = first.history.location.href;
    first.unmount();
    renderApp(address);
    await waitFor(() => expect(screen.getByText('No such place.')).toBeVisible());
    expect(screen.getByRole('combobox', { name: 'Place' })).toHaveValue('Refused and mended');
  });

  it('brings a draft back after a reload', async () => {
    const first = renderApp('/expenses?add=1');
    await typeAmount(first.user, '8.80');
    await first.user.type(screen.getByRole('combobox', { name: 'Place' }), 'Half typed');
    first.unmount();
    renderApp('/expenses?add=1');
    expect(await screen.findByText('Your draft is back.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Amount' })).toHaveValue('8.80');
    expect(screen.getByRole('combobox', { name: 'Place' })).toHaveValue('Half typed');
  });

  it('guesses the category from the place', async () => {
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '9');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'kikunoi');
    await user.click(await screen.findByRole('option', { name: /Kikunoi/, hidden: true }));
    expect(screen.getByRole('button', { name: 'Category: Restaurants' })).toHaveTextContent(
      'guessed from the place',
    );
  });
});

describe('an expense', () => {
  it('is amended, and its history tells old and new', async () => {
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'Edit' }));
    const amount = await within(drawer).findByRole('textbox', { name: 'Amount' });
    await user.clear(amount);
    await user.type(amount, '1300000');
    await user.click(within(drawer).getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('Changes saved')).toBeVisible();
    await user.click(await within(drawer).findByText('History'));
    expect(await within(drawer).findByText('¥1,284,300', { selector: 'del' })).toBeVisible();
    expect(within(drawer).getByText('¥1,300,000', { selector: 'ins' })).toBeVisible();
    await user.click(within(drawer).getByRole('button', { name: 'Restore this version, Version 1' }));
    const stored = [...backend.expenses.values()].find((e) => e.place?.startsWith('Kikunoi'))!;
    await waitFor(() => expect(stored.amount).toBe('1284300'));
    expect(await within(drawer).findByText('“Restored version 1”')).toBeVisible();
  });

  it('tells from which kind of device each version came, where that is known', async () => {
    const [expense] = [...backend.expenses.values()].filter((e) => e.place?.startsWith('Kikunoi'));
    const owner = backend.accounts.get(expense!.ownerId)!;
    const amended = (device: Device | undefined, notes: string) => {
      backend.device = device;
      backend.amend(owner, expense!.id, { ...expense!, notes });
    };
    amended('phone', 'one');
    amended('tablet', 'two');
    amended('computer', 'three');
    amended(undefined, 'four');
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByText('History'));
    const versions = within(await within(drawer).findByRole('list', { name: 'History' }))
      .getAllByRole('listitem')
      .filter((item) => item.dataset.event)
      .slice(1);
    expect(versions[0]).toHaveTextContent('in the app, from a phone');
    expect(versions[1]).toHaveTextContent('in the app, from a tablet');
    expect(versions[2]).toHaveTextContent('in the app, from a computer');
    expect(versions[3]).toHaveTextContent('in the app');
    expect(versions[3]).not.toHaveTextContent('from a');
  });

  it('says that it is a tablet where the browser calls itself a computer', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
    );
    vi.stubGlobal('screen', { width: 820, height: 1180 });
    Object.defineProperty(navigator, 'maxTouchPoints', { value: 5, configurable: true });
    try {
      const { user } = renderApp('/expenses');
      const drawer = await openKikunoi(user);
      await user.click(await within(drawer).findByRole('button', { name: 'Edit' }));
      await user.type(await within(drawer).findByRole('combobox', { name: 'Place' }), '!');
      await user.click(within(drawer).getByRole('button', { name: 'Save changes' }));
      await user.click(await within(drawer).findByText('History'));
      expect(await within(drawer).findByText(/in the app, from a tablet/)).toBeVisible();
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
      delete (navigator as { maxTouchPoints?: number }).maxTouchPoints;
    }
  });

  it('tells when someone else was faster, shows theirs and keeps mine', async () => {
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'Edit' }));
    const stored = [...backend.expenses.values()].find((expense) => expense.place?.startsWith('Kikunoi'))!;
    Object.assign(stored, { amount: '999', version: 4 });
    const place = await within(drawer).findByRole('combobox', { name: 'Place' });
    await user.clear(place);
    await user.type(place, 'Mine');
    await user.click(within(drawer).getByRole('button', { name: 'Save changes' }));
    expect(await within(drawer).findByText('Someone else was faster')).toBeVisible();
    expect(within(drawer).getByRole('row', { name: /Amount ¥999 ¥1,284,300/ })).toBeVisible();
    expect(within(drawer).getByRole('row', { name: /Place Kikunoi Honten, Kyoto Mine/ })).toBeVisible();
    await user.click(within(drawer).getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(stored).toMatchObject({ place: 'Mine', amount: '1284300', version: 5 }));
  });

  it('is deleted and brought back by Undo', async () => {
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    expect(await screen.findByText('“Kikunoi Honten, Kyoto” deleted')).toBeVisible();
    expect(screen.queryByRole('link', { name: /Kikunoi/ })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
  });
});

describe('taking back', () => {
  const stored = () => [...backend.expenses.values()].find((e) => e.place?.startsWith('Kikunoi'))!;
  const reasons = () =>
    backend.log
      .filter(({ aggregateId }) => aggregateId === stored().id)
      .map(({ event, reason }) => `${event}${reason ? `: ${reason}` : ''}`);

  async function amend(user: ReturnType<typeof renderApp>['user'], to: string) {
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'Edit' }));
    const amount = await within(drawer).findByRole('textbox', { name: 'Amount' });
    await user.clear(amount);
    await user.type(amount, to);
    await user.click(within(drawer).getByRole('button', { name: 'Save changes' }));
    await screen.findByText('Changes saved');
    return drawer;
  }

  it('a change is another change, which shows that it is under way', async () => {
    let answer = () => {};
    const { user } = renderApp('/expenses');
    await amend(user, '1300000');
    server.use(
      http.put('*/api/v1/expenses/:id', async () => {
        await new Promise<void>((done) => (answer = done));
        return undefined;
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Taking it back…')).toBeVisible();
    await waitFor(() => expect(screen.queryByText('Changes saved')).not.toBeInTheDocument());
    answer();
    expect(await screen.findByText('The change was taken back.')).toBeVisible();
    expect(stored().amount).toBe('1284300');
    expect(reasons()).toEqual(['MealExpenseRecorded', 'MealExpenseAmended', 'MealExpenseAmended: Undone']);
  });

  it('the last act goes by the keyboard, once, and not while somebody types', async () => {
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await screen.findByText('“Kikunoi Honten, Kyoto” deleted');
    await user.click(screen.getByRole('searchbox', { name: 'Search expenses' }));
    await user.keyboard('{Control>}z{/Control}');
    expect(screen.queryByText('Taking it back…')).not.toBeInTheDocument();
    await user.click(document.body);
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByText('It is back.')).toBeVisible();
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
    expect(reasons()).toEqual(['MealExpenseRecorded', 'MealExpenseDeleted', 'MealExpenseRestored: Undone']);
  });

  it('says so when somebody was faster', async () => {
    const { user } = renderApp('/expenses');
    await amend(user, '1300000');
    Object.assign(stored(), { version: 7 });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Not taken back')).toBeVisible();
    expect(screen.getByText('It was changed since you opened it. Look at it again first.')).toBeVisible();
  });

  it('a restoration from the bin deletes it again', async () => {
    const { user } = renderApp('/expenses');
    const drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await screen.findByText('“Kikunoi Honten, Kyoto” deleted');
    await user.click(screen.getByRole('link', { name: 'Bin' }));
    await user.click(await screen.findByRole('button', { name: 'Bring back Kikunoi Honten, Kyoto' }));
    await screen.findByText('It is back.');
    const undos = screen.getAllByRole('button', { name: 'Undo' });
    await user.click(undos.at(-1)!);
    expect(await screen.findByText('It is in the bin again.')).toBeVisible();
    expect(stored().deletedAt).toBeDefined();
  });
});

describe('a deleted expense', () => {
  it('shows its history, and comes back as it was before its last change', async () => {
    const [expense] = [...backend.expenses.values()].filter((e) => e.place?.startsWith('Kikunoi'));
    const { user } = renderApp('/expenses');
    let drawer = await openKikunoi(user);
    await user.click(await within(drawer).findByRole('button', { name: 'Edit' }));
    const place = await within(drawer).findByRole('combobox', { name: 'Place' });
    await user.clear(place);
    await user.type(place, 'Somewhere else');
    await user.click(within(drawer).getByRole('button', { name: 'Save changes' }));
    await screen.findByText('Changes saved');
    await user.click(await within(drawer).findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await screen.findByText('“Somewhere else” deleted');

    await user.click(screen.getByRole('link', { name: 'Bin' }));
    await user.click(await screen.findByRole('link', { name: 'Somewhere else' }));
    drawer = await screen.findByRole('complementary', { name: 'Details' });
    expect(await within(drawer).findByText('This expense was deleted')).toBeVisible();
    expect(await within(drawer).findByText('Version 3, as it is now')).toBeVisible();
    expect(
      within(drawer).queryByRole('button', { name: 'Restore this version, Version 2' }),
    ).not.toBeInTheDocument();
    await user.click(within(drawer).getByRole('button', { name: 'Restore this version, Version 1' }));

    expect(await screen.findByText('Version 1 counts again.')).toBeVisible();
    expect(expense).toMatchObject({ place: 'Kikunoi Honten, Kyoto', version: 4 });
    expect(expense!.deletedAt).toBeUndefined();
  });
});

describe('the session', () => {
  it('is refreshed without a word when it ran out', async () => {
    document.cookie = 'met_csrf=abc';
    const refreshed = vi.fn();
    let expired = true;
    server.use(
      refuse(
        'get',
        '/expenses',
        { type: '/problems/unauthenticated', status: 401 },
        { while: () => expired },
      ),
      http.post('*/api/v1/auth/refresh', ({ request }) => {
        expired = false;
        refreshed(request.headers.get('X-CSRF-Token'));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderApp('/expenses');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
    expect(refreshed.mock.calls).toEqual([['abc']]);
  });

  it('asks to sign in again over the page when it cannot be refreshed, and goes on', async () => {
    let expired = true;
    server.use(
      refuse(
        'get',
        '/expenses',
        { type: '/problems/unauthenticated', status: 401 },
        { while: () => expired },
      ),
      http.post('*/api/v1/auth/login', () => {
        expired = false;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderApp('/expenses');
    const dialog = await screen.findByRole('dialog', { name: 'Please sign in again' });
    await user.type(within(dialog).getByLabelText('Password'), 'correct horse battery{Enter}');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
  });

  it('sends the token of a command with the reads that follow', async () => {
    const tokens: (string | null)[] = [];
    server.use(
      http.get('*/api/v1/expenses', ({ request }) => {
        tokens.push(request.headers.get('Consistency-Token'));
      }),
    );
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '5');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Token Bar{Enter}');
    await screen.findByRole('link', { name: /Token Bar/ });
    expect(tokens[0]).toBeNull();
    expect(tokens.at(-1)).toMatch(/^t\d+$/);
  });

  it('forgets tokens that the server does not know any more', async () => {
    const tokens: (string | null)[] = [];
    server.use(
      http.get('*/api/v1/expenses', ({ request }) => {
        const token = request.headers.get('Consistency-Token');
        tokens.push(token);
        if (!token) return undefined;
        const errors = [{ field: 'Consistency-Token', message: 'is not a token of this service' }];
        return HttpResponse.json({ type: '/problems/validation', status: 400, errors }, { status: 400 });
      }),
    );
    const { user } = renderApp('/expenses?add=1');
    await typeAmount(user, '5');
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Token Bar{Enter}');
    expect(await screen.findByRole('link', { name: /Token Bar/ })).toBeVisible();
    await waitFor(() => expect(tokens.at(-1)).toBeNull());
    expect(tokens.some(Boolean)).toBe(true);
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderApp } from '@/testing/render-app';
import { PROJECTIONS } from '@/testing/mock-operations';
import { refuse, serve, server } from '@/testing/server';

const admin = () => serve({ signedInAs: 'admin', count: 5 });
const row = async (name: string) => screen.findByRole('row', { name: new RegExp(name) });

describe('the read models', () => {
  it('show how far they are, what is parked, and their rebuild', async () => {
    const { operations } = admin();
    operations.park('expense-list', 'somebody');
    operations.park('expense-list', 'somebody', { discardedAt: '2026-02-11T10:40:00Z' });
    operations.add({ projections: ['categories'], state: 'differs', startedAt: '2026-02-11T10:40:00Z' });
    renderApp('/system');
    const list = await row('expense-list');
    expect(
      within(list).getByRole('link', { name: 'Parked events of expense-list: 1 parked, 1 discarded' }),
    ).toHaveAttribute('href', '/system/projections/expense-list/dead-letters');
    expect(
      within(await row('categories')).getByRole('link', {
        name: 'Rebuild of categories: Decision needed',
      }),
    ).toHaveAttribute('href', '/system/rebuilds');
    expect(within(await row('audit-trail')).getByText('none')).toBeVisible();
  });

  it('show what notes the wishes of operators, which cannot be rebuilt', async () => {
    admin();
    renderApp('/system');
    const control = await row('rebuild-control');
    expect(control).toHaveTextContent('notes what operators ask for');
    expect(within(control).queryByRole('checkbox')).toBeNull();
    expect(within(control).getByRole('progressbar', { name: 'Position of rebuild-control' })).toBeVisible();
  });

  it('say which instance makes them, where there are several', async () => {
    admin();
    renderApp('/system');
    expect(await row('rebuild-control')).toHaveTextContent(/by 1@query-[12]/);
  });

  it('say that events are parked instead of that all is well', async () => {
    const { operations } = admin();
    operations.park('expense-list', 'somebody');
    server.use(
      http.get('*/api/v1/projections', () =>
        HttpResponse.json({
          items: [
            {
              name: 'expense-list',
              state: 'running',
              position: 5,
              head: 5,
              lagEvents: 0,
              lagSeconds: 0,
              deadLetters: 1,
              discardedLetters: 0,
              generation: 0,
              rebuildable: true,
            },
          ],
        }),
      ),
    );
    renderApp('/system');
    expect(await screen.findByText(/Up to date, but 1 event is parked/)).toBeVisible();
  });

  it('teach when there is none, and say in words what went wrong', async () => {
    admin();
    let broken = true;
    server.use(
      refuse('get', '/projections', { type: '/problems/forbidden', status: 403 }, { while: () => broken }),
      http.get('*/api/v1/projections', () => HttpResponse.json({ items: [] })),
    );
    const { user } = renderApp('/system');
    expect(await screen.findByText('You do not have access to this.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No read models')).toBeVisible();
  });

  it('stay in view with the time of the last answer when the connection is gone', async () => {
    admin();
    const { user } = renderApp('/system');
    await row('expense-list');
    server.use(http.get('*/api/v1/projections', () => HttpResponse.error()));
    await user.click(await screen.findByRole('checkbox', { name: 'Choose categories' }));
    expect(
      await screen.findByText(/No connection. What you see was true at/, {}, { timeout: 9_000 }),
    ).toBeVisible();
    expect(await row('expense-list')).toBeVisible();
  });
});

describe('asking for a rebuild', () => {
  it('rebuilds what was chosen, for a reason, and goes where the progress is', async () => {
    const { operations } = admin();
    const { user, history } = renderApp('/system');
    await user.click(await screen.findByRole('checkbox', { name: 'Choose categories' }));
    await user.click(screen.getByRole('checkbox', { name: 'Choose audit-trail' }));
    await user.click(screen.getByRole('button', { name: 'Rebuild 2…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rebuild 2 read models' });
    await user.click(within(dialog).getByRole('button', { name: 'Start the rebuild' }));
    expect(await within(dialog).findByText('Please say why.')).toBeVisible();
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), ' Release 1.4 {Enter}');
    await waitFor(() => expect(history.location.pathname).toBe('/system/rebuilds'));
    expect(operations.rebuilds).toHaveLength(1);
    expect(operations.rebuilds[0]).toMatchObject({
      projections: ['categories', 'audit-trail'],
      reason: 'Release 1.4',
    });
    expect(await screen.findByText('“Release 1.4”')).toBeVisible();
  });

  it('rebuilds everything when nothing or everything is chosen', async () => {
    const { operations } = admin();
    const { user } = renderApp('/system');
    await user.click(await screen.findByRole('checkbox', { name: 'Choose all' }));
    expect(screen.getByRole('checkbox', { name: 'Choose monthly-report' })).toBeChecked();
    await user.click(screen.getByRole('checkbox', { name: 'Choose all' }));
    await user.click(screen.getByRole('button', { name: 'Rebuild all…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rebuild every read model' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'Once a year{Enter}');
    await waitFor(() => expect(operations.rebuilds).toHaveLength(1));
    expect(operations.rebuilds[0]!.projections).toHaveLength(PROJECTIONS.length);
  });

  it('keeps the reason when it is refused, and sends the same request again, not another one', async () => {
    const { operations } = admin();
    const ids: unknown[] = [];
    let broken = true;
    server.use(
      http.post('*/api/v1/rebuilds', async ({ request }) => {
        ids.push(((await request.clone().json()) as { id: string }).id);
        return undefined;
      }),
      refuse('post', '/rebuilds', { type: '/problems/busy', status: 503 }, { while: () => broken }),
    );
    // both handlers above let the backend answer once it is not busy any more
    const { user } = renderApp('/system');
    await user.click(await screen.findByRole('button', { name: 'Rebuild all…' }));
    const reason = await screen.findByRole('textbox', { name: 'Reason' });
    await user.type(reason, 'After the import{Enter}');
    expect(await screen.findByText('The server is busy just now. Give it a moment.')).toBeVisible();
    expect(reason).toHaveValue('After the import');
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Start the rebuild' }));
    await waitFor(() => expect(operations.rebuilds).toHaveLength(1));
    expect(ids).toEqual([operations.rebuilds[0]!.id, operations.rebuilds[0]!.id]);
  });

  it('puts what the server says about the reason beside it, and refuses one that is too long itself', async () => {
    admin();
    const errors = [{ field: 'reason', message: 'contains control characters' }];
    server.use(refuse('post', '/rebuilds', { type: '/problems/validation', status: 400, errors }));
    const { user } = renderApp('/system');
    await user.click(await screen.findByRole('button', { name: 'Rebuild all…' }));
    const reason = await screen.findByRole('textbox', { name: 'Reason' });
    await user.type(reason, 'Odd{Enter}');
    expect(await screen.findByText('Contains control characters')).toBeVisible();
    await user.clear(reason);
    await user.click(reason);
    await user.paste('x'.repeat(501));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Use at most 500 characters.')).toBeVisible();
  });
});

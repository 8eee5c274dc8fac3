import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MockOperations } from '@/testing/mock-operations';
import { renderApp } from '@/testing/render-app';
import { serve, server } from '@/testing/server';

const PATH = '/system/projections/expense-list/dead-letters';
const SUBJECT = '01930009-0000-7009-8384-00000000abcd';
let operations: MockOperations;
beforeEach(() => {
  operations = serve({ signedInAs: 'admin', count: 5 }).operations;
});

const parkTwo = (retries = 0) => {
  operations.park('expense-list', 'somebody', { subjectId: SUBJECT, retries });
  operations.park('expense-list', 'somebody', {
    subjectId: SUBJECT,
    sequence: 1,
    event: 'MealExpenseAmended',
    error: 'An earlier event of the same subject is parked',
    retries,
  });
};

const actOf = (outcome: string) => ({
  position: 400_001,
  act: 'retry',
  subjectId: SUBJECT,
  by: 'somebody',
  at: '2026-02-11T11:00:00Z',
  outcome,
});

describe('parked events', () => {
  it('stand together by their subject, with what went wrong', async () => {
    parkTwo();
    renderApp(PATH);
    expect(await screen.findByRole('heading', { name: 'Parked events of expense-list' })).toBeVisible();
    expect(await screen.findAllByRole('heading', { level: 3, name: 'MealExpense' })).toHaveLength(1);
    expect(screen.getByText(SUBJECT)).toBeVisible();
    expect(screen.getByText('value too long for type character varying(200)')).toBeVisible();
    expect(screen.getByText('MealExpenseAmended')).toBeVisible();
  });

  it('are tried again for a reason, and told when they fail again', async () => {
    parkTwo();
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: 'Retry… MealExpense …0000abcd' }));
    const dialog = await screen.findByRole('dialog', { name: 'Try these events again?' });
    expect(dialog).toHaveTextContent('2 events');
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'Column is wider now{Enter}');
    expect(await screen.findByText('Tried again and failed again.')).toBeVisible();
    expect(screen.getAllByText('tried again once')[0]).toBeVisible();
  });

  it('say so when they are back', async () => {
    parkTwo(2);
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: /^Retry/ }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Mended{Enter}');
    expect(await screen.findByText('MealExpense …0000abcd is back in expense-list.')).toBeInTheDocument();
    expect(screen.getByText('Nothing is parked')).toBeVisible();
  });

  it('show as being tried again until the read model has obeyed', async () => {
    parkTwo();
    let obeyed = false;
    server.use(
      http.post('*/retry', () => new HttpResponse(null, { status: 202 })),
      http.get('*/api/v1/projections/expense-list/dead-letters', () =>
        obeyed
          ? HttpResponse.json({
              items: [],
              acts: [actOf('taken')],
            })
          : undefined,
      ),
    );
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: /^Retry/ }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Mended{Enter}');
    expect(await screen.findByText('Being tried again…')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Retry… / })).toBeNull();
    obeyed = true;
    expect(await screen.findByText('Nothing is parked', {}, { timeout: 9_000 })).toBeVisible();
  });

  it('say so when somebody else had seen to them by then', async () => {
    parkTwo();
    let obeyed = false;
    server.use(
      http.post('*/retry', () => {
        obeyed = true;
        return new HttpResponse(null, { status: 202 });
      }),
      http.get('*/api/v1/projections/expense-list/dead-letters', () =>
        obeyed ? HttpResponse.json({ items: [], acts: [actOf('nothing')] }) : undefined,
      ),
    );
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: /^Retry/ }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Mended{Enter}');
    expect(await screen.findByText('MealExpense …0000abcd: nothing was left to do.')).toBeInTheDocument();
    const decisions = screen.getByRole('list', { name: 'Last decisions' });
    expect(decisions).toHaveTextContent(/Nothing was left to do …0000abcd retried by/);
  });

  it('are discarded for a reason and shown quietly from then on', async () => {
    parkTwo();
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: /^Discard/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Discard these events?' });
    expect(dialog).toHaveTextContent('Nothing is deleted.');
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'A test entry{Enter}');
    expect(await screen.findByRole('heading', { name: 'Discarded' })).toBeVisible();
    expect(screen.getByText('Left out of expense-list until it is rebuilt.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Retry/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Rebuild… expense-list' }));
    const rebuild = await screen.findByRole('dialog', { name: 'Rebuild expense-list' });
    await waitFor(() => expect(rebuild).toBeVisible());
  });

  it('lead to other read models that have some', async () => {
    parkTwo();
    operations.park('categories', 'somebody');
    const { user, history } = renderApp(PATH);
    const others = await screen.findByRole('navigation', { name: 'Read models' });
    await user.click(within(others).getByRole('link', { name: /categories/ }));
    expect(history.location.pathname).toBe('/system/projections/categories/dead-letters');
    expect(await screen.findByRole('heading', { name: 'Parked events of categories' })).toBeVisible();
  });

  it('say when there are more than are shown', async () => {
    for (let i = 0; i < 201; i++) operations.park('expense-list', 'somebody');
    renderApp(PATH);
    expect(await screen.findByText(/These are the oldest 200/)).toBeVisible();
  });

  it('are nothing to worry about when there are none', async () => {
    renderApp(PATH);
    expect(await screen.findByText('Nothing is parked')).toBeVisible();
  });

  it('of an unknown read model are not there', async () => {
    renderApp('/system/projections/nothing/dead-letters');
    expect(await screen.findByRole('alert')).toHaveTextContent('It does not exist');
  });

  it('keep the reason when the server cannot be reached', async () => {
    parkTwo();
    server.use(http.post('*/discard', () => HttpResponse.error()));
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: /^Discard/ }));
    const reason = await screen.findByRole('textbox', { name: 'Reason' });
    await user.type(reason, 'A test entry{Enter}');
    expect(await screen.findByText(/The server cannot be reached/)).toBeVisible();
    expect(reason).toHaveValue('A test entry');
    await waitFor(() => expect(operations.letters.some(({ discardedAt }) => discardedAt)).toBe(false));
  });
});

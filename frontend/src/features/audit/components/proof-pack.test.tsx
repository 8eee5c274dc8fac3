import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addDays, addMonths, firstDay, lastDay, monthOf, today } from '@/lib/dates';
import { instantAt } from '@/lib/instants';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

const LAST_MONTH = addMonths(monthOf(today()), -1);
const LUNCH = '0199a000-0000-7000-8000-00000000d001';

let saved: Blob[];
beforeEach(() => {
  saved = [];
  URL.createObjectURL = vi.fn((blob: Blob) => (saved.push(blob), 'blob:file'));
  URL.revokeObjectURL = vi.fn();
});

function lunch() {
  const backend = serve({ signedInAs: 'auditor', demo: false });
  const [member] = [...backend.accounts.values()];
  const content = {
    spentOn: `${LAST_MONTH}-10`,
    amount: '12.50',
    currency: 'EUR',
    mealType: 'lunch' as const,
  };
  backend.record(
    member!,
    LUNCH,
    { ...content, place: 'Corner Deli' },
    'web',
    instantAt(addDays(today(), -2), '13:00'),
  );
  return { backend, member: member! };
}

const isZip = async (blob: Blob) =>
  [...new Uint8Array(await blob.arrayBuffer()).slice(0, 4)].join() === [0x50, 0x4b, 3, 4].join();

describe('a proof pack', () => {
  it('of an expense is saved from its history, where it says what came of it', async () => {
    const { backend } = lunch();
    const { user } = renderApp(`/expenses?expense=${LUNCH}&pane=history`);
    await user.click(await screen.findByRole('button', { name: 'Save proof pack' }));
    expect(
      await screen.findByText(`proof-${LUNCH}.zip is saved. Its README says how to verify it.`),
    ).toBeVisible();
    expect(saved).toHaveLength(1);
    expect(await isZip(saved[0]!)).toBe(true);
    expect(backend.accesses[0]).toMatchObject({
      path: '/api/v1/sealed-log/pack',
      filter: { expenseId: [LUNCH] },
    });
  });

  it('says that it waits for the seal, and what to do when that takes too long', async () => {
    lunch();
    let answered = () => {};
    const waiting = new Promise<void>((resolve) => (answered = resolve));
    const { http, HttpResponse } = await import('msw');
    server.use(
      http.get('*/api/v1/sealed-log/pack', async () => {
        await waiting;
        return HttpResponse.json({ type: '/problems/not-sealed', status: 503 }, { status: 503 });
      }),
    );
    const { user } = renderApp(`/expenses?expense=${LUNCH}&pane=history`);
    await user.click(await screen.findByRole('button', { name: 'Save proof pack' }));
    expect(await screen.findByText(/Waits until everything is sealed/)).toBeVisible();
    answered();
    expect(
      await screen.findByText('Some of it is not sealed yet. Try again in a few seconds.'),
    ).toBeVisible();
    expect(saved).toHaveLength(0);
    server.resetHandlers();
    lunch();
    await user.click(screen.getByRole('button', { name: 'Save proof pack' }));
    await waitFor(() => expect(saved).toHaveLength(1));
  });

  it('of a person and a period is made in the workplace', async () => {
    const { backend, member } = lunch();
    const { user } = renderApp('/audit');
    await user.click(await screen.findByRole('button', { name: 'Proof pack' }));
    const dialog = await screen.findByRole('dialog', { name: 'Proof pack' });
    expect(dialog).toHaveTextContent('Choose a person first.');
    await user.click(within(dialog).getByRole('combobox', { name: 'Person' }));
    await user.click(await screen.findByRole('option', { name: 'Mara Vogel', hidden: true }));
    await user.click(within(dialog).getByRole('button', { name: 'Save proof pack' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(backend.accesses[0]!.filter).toEqual({
      ownerId: [member.id],
      from: [firstDay(LAST_MONTH)],
      to: [lastDay(LAST_MONTH)],
    });
  });

  it('of nothing is refused in words', async () => {
    const { backend, member } = lunch();
    renderApp(`/reports?ownerId=${member.id}`);
    server.use(refuse('get', '/sealed-log/pack', { type: '/problems/not-found', status: 404 }));
    const button = await screen.findByRole('button', { name: 'Save proof pack' });
    button.click();
    expect(await screen.findByText('It does not exist, or it is not yours.')).toBeVisible();
    expect(backend.expenses.size).toBe(1);
  });

  it('is nothing for a member', async () => {
    serve({ signedInAs: 'member', count: 3 });
    const { user } = renderApp('/expenses');
    await user.click(await screen.findByRole('link', { name: /Kikunoi/ }));
    await user.click(await screen.findByText('History'));
    await screen.findByRole('list', { name: 'History' });
    expect(screen.queryByRole('button', { name: 'Save proof pack' })).not.toBeInTheDocument();
  });
});

describe('the seal', () => {
  it('stands beside every event', async () => {
    const { backend } = lunch();
    backend.sealedUpTo = () => backend.log.length - 1;
    renderApp('/audit');
    const rows = await screen.findAllByRole('row');
    expect(rows[1]).toHaveTextContent('Not sealed yet');
    expect(rows[2]).toHaveTextContent('Sealed');
    expect(rows[2]).not.toHaveTextContent('Not sealed yet');
  });

  it('of nothing is told when nothing is sealed', async () => {
    const { backend } = lunch();
    backend.sealedUpTo = () => 0;
    renderApp('/audit');
    await screen.findAllByText('Not sealed yet');
    expect(screen.queryByText('Sealed')).not.toBeInTheDocument();
  });
});

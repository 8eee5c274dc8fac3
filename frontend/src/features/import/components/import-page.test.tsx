import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MockBackend } from '@/testing/mock-backend';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

let backend: MockBackend;
beforeEach(() => {
  backend = serve({ signedInAs: 'member', count: 3 });
});

const FILE = 'date,amount,place,meal_type\n2026-03-02,4.50,Kiosk,snacks\n2026-03-03,12.00,Kiosk,lunch\n';

function imported(content = FILE, name = 'march.csv') {
  backend.importText(content, name, [...backend.accounts.values()][0]!);
  return renderApp('/import');
}

const row = async (name: RegExp) =>
  within(await screen.findByRole('region', { name: 'Earlier imports' })).findByText(name, {
    selector: 'p *',
  });

const brought = () => [...backend.expenses.values()].filter(({ importId }) => importId);

describe('earlier imports', () => {
  it('teach what they are for while there are none', async () => {
    renderApp('/import');
    expect(await screen.findByText(/each can be taken back as a whole/)).toBeVisible();
  });

  it('tell what a file brought, and take it back after asking', async () => {
    const { user } = imported();
    expect(await row(/march.csv/)).toBeVisible();
    expect(screen.getByText(/2 expenses$/)).toHaveTextContent('2 expenses');

    await user.click(screen.getByRole('button', { name: 'Undo import, march.csv' }));
    const dialog = await screen.findByRole('dialog', { name: 'Undo this import?' });
    expect(dialog).toHaveTextContent('The 2 expenses that march.csv brought go to the bin.');
    await user.click(within(dialog).getByRole('button', { name: 'Undo import' }));

    expect(await screen.findByText('2 expenses deleted.')).toBeVisible();
    expect(await screen.findByText('Undone', { selector: 'span' })).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /Undo import/ })).not.toBeInTheDocument(),
    );
    expect(brought().every(({ deletedAt }) => deletedAt)).toBe(true);
  });

  it('keep what was changed since, and offer to delete that, too', async () => {
    const { user } = imported();
    Object.assign(brought()[0]!, { version: 1, amount: '5.00' });
    await user.click(await screen.findByRole('button', { name: 'Undo import, march.csv' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Undo import' }));
    expect(await screen.findByText('1 stayed, because you had changed it.')).toBeVisible();
    expect(brought().filter(({ deletedAt }) => !deletedAt)).toHaveLength(1);

    await user.click(await screen.findByRole('button', { name: 'Undo the rest, march.csv' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Undo import' }));
    await waitFor(() => expect(brought().every(({ deletedAt }) => deletedAt)).toBe(true));
  });

  it('show that it is under way, and stay open with the reason when it is refused', async () => {
    const { user } = imported();
    let answer = () => {};
    server.use(
      http.post('*/api/v1/imports/:id/undo', async () => {
        await new Promise<void>((done) => (answer = done));
        return undefined;
      }),
      refuse('post', '/imports/:id/undo', {
        type: '/problems/busy',
        status: 503,
        detail: 'The undoing was cut short.',
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Undo import, march.csv' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Undo import' }));
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toBeDisabled();
    answer();
    expect(await within(dialog).findByRole('alert')).toBeVisible();
    expect(brought().some(({ deletedAt }) => deletedAt)).toBe(false);
  });
});

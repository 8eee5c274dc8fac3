import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MockOperations } from '@/testing/mock-operations';
import { renderApp } from '@/testing/render-app';
import { serve } from '@/testing/server';

const PATH = '/system/recovery';
const RESTORED = {
  closed: true,
  why: 'other-timeline',
  position: 1_234,
  at: '2026-02-11T10:24:31Z',
  published: { size: 1_300, at: '2026-02-11T11:00:02Z' },
  lost: 66,
} as const;

describe('a log that was restored from a backup', () => {
  let operations: MockOperations;
  beforeEach(() => {
    operations = serve({ signedInAs: 'admin', count: 5 }).operations;
    operations.restored = { ...RESTORED };
  });

  it('is told to an administrator on every page, with the way to what was restored', async () => {
    const { user } = renderApp('/system');
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('Nothing can be recorded at the moment.');
    await user.click(within(banner).getByRole('link', { name: 'Look at it' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Recovery' })).toBeVisible();
    expect(await screen.findByText('at position 1,234')).toBeVisible();
    expect(screen.getByText('at position 1,300')).toBeVisible();
    expect(screen.getByText('66 events that had been sealed and published')).toBeVisible();
    expect(within(banner).queryByRole('link')).not.toBeInTheDocument();
  });

  it('is declared with a reason, after what is lost was said', async () => {
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: 'Declare the recovery…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Declare the recovery?' });
    expect(dialog).toHaveTextContent('Positions 1,235 to 1,300 are lost for good.');
    await user.click(within(dialog).getByRole('button', { name: 'Declare' }));
    expect(dialog).toHaveTextContent('Please say why.');
    expect(operations.restored).toBeDefined();
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'The disk was lost{Enter}');
    expect(await screen.findByText('There is nothing to declare')).toBeVisible();
    expect(operations.restored).toBeUndefined();
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  });

  it('is not declared where it ends elsewhere by now', async () => {
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: 'Declare the recovery…' }));
    operations.restored = { ...RESTORED, position: 1_235 };
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'The disk was lost{Enter}');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('look at it again');
    expect(operations.restored).toBeDefined();
  });

  it('says so where nobody knows what is lost', async () => {
    operations.restored = { closed: true, why: 'other-cluster', position: 9, lost: 0 };
    renderApp(PATH);
    expect(await screen.findByText(/compare with the published checkpoints/)).toBeVisible();
    expect(screen.getByText(/No published checkpoint was found/)).toBeVisible();
  });
});

describe('a member whose data was restored', () => {
  it('is told, without details, and goes on reading', async () => {
    serve({ signedInAs: 'member', count: 5 }).operations.restored = { ...RESTORED };
    renderApp('/expenses');
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('New expenses wait in this browser');
    expect(banner).not.toHaveTextContent('1,234');
    expect(within(banner).queryByRole('link')).not.toBeInTheDocument();
    expect(await screen.findByRole('heading', { level: 1, name: 'Expenses' })).toBeVisible();
  });

  it('learns it from a refused command, and that it is over', async () => {
    const { operations } = serve({ signedInAs: 'member', count: 5 });
    const { user } = renderApp('/categories');
    const button = await screen.findByRole('button', { name: /New category/ });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    operations.restored = { ...RESTORED };
    await user.click(button);
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Soup{Enter}');
    expect((await screen.findAllByText('Nothing can be recorded at the moment.'))[0]).toBeVisible();
  });
});

import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '@/testing/render-app';
import { serve } from '@/testing/server';

const FIGURES = 'Some entries could not be processed yet; these figures may be missing them.';
const CHANGES = 'Some changes could not be processed yet; what you see here may be missing them.';

/** Somebody signed in, with one event parked in one read model. */
function parkedIn(projection: string, signedInAs: 'member' | 'auditor' = 'member') {
  const backend = serve({ signedInAs, count: 10 });
  const [member] = [...backend.accounts.values()];
  backend.operations.park(projection, member!.id);
  return backend;
}

describe('answers that may be missing something', () => {
  it.each([
    ['/', 'monthly-report', FIGURES],
    ['/', 'category-spend', FIGURES],
    ['/', 'expense-list', FIGURES],
    ['/expenses', 'expense-list', FIGURES],
    ['/expenses', 'category-spend', FIGURES],
    ['/bin', 'expense-list', FIGURES],
    ['/reports', 'category-spend', FIGURES],
    ['/categories', 'categories', CHANGES],
  ])('say so at %s when events are parked in %s, in words of everyday', async (path, projection, words) => {
    parkedIn(projection);
    renderApp(path);
    const notice = await screen.findByRole('note');
    expect(notice).toHaveTextContent(words);
    expect(notice).not.toHaveTextContent(/projection|aggregate|\bevent|parked|dead/i);
  });

  it('say so beside one expense and over its history', async () => {
    parkedIn('audit-trail');
    const { user } = renderApp('/expenses');
    await user.click(await screen.findByRole('link', { name: /Kikunoi/ }));
    const drawer = await screen.findByRole('complementary', { name: 'Details' });
    expect(screen.queryByRole('note')).toBeNull();
    await user.click(await screen.findByText('History'));
    expect(await screen.findByRole('note')).toHaveTextContent(CHANGES);
    expect(drawer).toContainElement(screen.getByRole('note'));
  });

  it('say so to an auditor, whoever it belongs to', async () => {
    parkedIn('audit-trail', 'auditor');
    renderApp('/audit');
    expect(await screen.findByRole('note')).toHaveTextContent(CHANGES);
  });

  it('say so of an exported file', async () => {
    URL.createObjectURL = vi.fn(() => 'blob:file');
    URL.revokeObjectURL = vi.fn();
    parkedIn('expense-list');
    const { user } = renderApp('/expenses');
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    expect(
      await screen.findByText('The file may be missing some entries that could not be processed yet.'),
    ).toBeVisible();
  });

  it('say nothing when nothing is missing', async () => {
    const backend = serve({ signedInAs: 'member', count: 10 });
    backend.operations.park('expense-list', 'somebody else');
    renderApp('/expenses');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toBeVisible();
    expect(screen.queryByRole('note')).toBeNull();
  });
});

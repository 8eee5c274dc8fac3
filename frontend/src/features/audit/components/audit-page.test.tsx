import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AuditEvent } from '@/api/types';
import { renderApp } from '@/testing/render-app';
import { serve } from '@/testing/server';
import { EVENT_NAMES } from '../event-names';

const REBUILD = '0199a000-0000-7000-8000-0000000000b1';

function operatorAct(position: number, event: string, reason: string, payload: object): AuditEvent {
  return {
    position,
    eventId: `0199a000-0000-7000-8000-0000000e${String(position).padStart(4, '0')}`,
    aggregateType: event.startsWith('DeadLetter') ? 'DeadLetter' : 'ProjectionRebuild',
    aggregateId: REBUILD,
    sequence: 0,
    event,
    revision: '1',
    at: '2026-03-16T09:30:00Z',
    actor: { id: 'system', roles: ['ADMIN'] },
    client: 'web',
    reason,
    payload: { ...payload, reason },
    metadata: {},
    stored: {
      name: event,
      revision: '1',
      payload: JSON.stringify({ ...payload, reason }),
      metadata: '{"correlationId":"talk-1","requestId":"request-1"}',
    },
  };
}

function withActs() {
  const backend = serve({ signedInAs: 'auditor', count: 2 });
  const next = backend.log.length + 1;
  backend.log.push(
    operatorAct(next, 'ProjectionRebuildRequested', 'A total looked wrong', {
      rebuildId: REBUILD,
      projections: ['monthly-report'],
    }),
    operatorAct(next + 1, 'DeadLetterDiscarded', 'Known and harmless', { projection: 'expense-list' }),
    operatorAct(next + 2, 'LunchEaten', 'From the future', {}),
  );
}

const rowOf = async (words: string) => (await screen.findByRole('button', { name: words })).closest('tr')!;

describe('the audit page', () => {
  it('tells what operators did in words, with their reason and about nobody', async () => {
    withActs();
    const { user } = renderApp('/audit');

    const requested = await rowOf('Rebuild requested');
    expect(requested).toHaveTextContent('“A total looked wrong”');
    expect(await rowOf('Parked events discarded')).toHaveTextContent('“Known and harmless”');
    expect(await rowOf('LunchEaten')).toHaveTextContent('“From the future”');

    await user.click(within(requested).getByRole('button', { name: /Show event/ }));
    expect(await screen.findByText('ProjectionRebuildRequested, revision 1')).toBeVisible();
    expect(screen.getByText('"monthly-report"')).toBeVisible();
  });

  it('finds one kind of event among all others', async () => {
    withActs();
    const { user, history } = renderApp('/audit');
    const kinds = await screen.findByRole('combobox', { name: 'Event' });
    expect(within(kinds).getAllByRole('option')).toHaveLength(EVENT_NAMES.length + 1);

    await user.selectOptions(kinds, 'Rebuild requested');

    expect(history.location.search).toContain('type=ProjectionRebuildRequested');
    expect(await rowOf('Rebuild requested')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Parked events discarded' })).not.toBeInTheDocument();
    await user.selectOptions(kinds, 'Any event');
    expect(await rowOf('Parked events discarded')).toBeVisible();
  });

  it('shows the stored bytes, and filters by a click on what stands in them', async () => {
    withActs();
    const { user, history } = renderApp('/audit');
    const requested = await rowOf('Rebuild requested');
    await user.click(within(requested).getByRole('button', { name: /Show event/ }));
    expect(
      await screen.findByText('{"correlationId":"talk-1","requestId":"request-1"}', { selector: 'pre' }),
    ).toBeInTheDocument();
    expect(screen.getByText('50 bytes, as stored')).toBeVisible();

    await user.click(screen.getByRole('button', { name: '"talk-1"' }));

    expect(history.location.search).toBe('?correlationId=talk-1');
    expect(await screen.findByText('No events match')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Remove filter: Conversation' }));
    expect(await rowOf('Rebuild requested')).toBeVisible();
  });

  it('says so loudly when the log has lost what the trail remembers', async () => {
    const backend = serve({ signedInAs: 'auditor', count: 1 });
    delete backend.log.at(-1)!.stored;
    const { user } = renderApp('/audit');
    await user.click((await screen.findAllByRole('button', { name: /Show event/ }))[0]!);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `The log has no event at position ${backend.log.length}.`,
    );
  });

  it('tells where the trail does not say what the log says', async () => {
    const backend = serve({ signedInAs: 'auditor', count: 2 });
    backend.log.at(-1)!.deviation = 'differs';
    const { user } = renderApp('/audit');
    expect(await screen.findAllByText('Trail differs')).toHaveLength(1);
    expect(screen.queryByText('Not in the trail')).toBeNull();
    await user.click((await screen.findAllByRole('button', { name: /Show event/ }))[0]!);
    expect(await screen.findByRole('alert')).toHaveTextContent('What is shown is what the log says.');
  });

  it('filters by the day of a moment', async () => {
    withActs();
    const { user, history } = renderApp('/audit?type=ProjectionRebuildRequested');
    const row = await rowOf('Rebuild requested');
    await user.click(within(row).getAllByRole('button', { name: /2026/ })[0]!);
    expect(history.location.search).toContain('from=2026-03-16&to=2026-03-16');
  });

  it('saves what is filtered as a file', async () => {
    withActs();
    const saved: Blob[] = [];
    URL.createObjectURL = vi.fn((blob: Blob) => (saved.push(blob), 'blob:file'));
    URL.revokeObjectURL = vi.fn();
    const { user } = renderApp('/audit?type=DeadLetterDiscarded');
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: /NDJSON/ }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const lines = (await saved[0]!.text()).trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ event: 'DeadLetterDiscarded' });
  });
});

describe('the access log', () => {
  it('tells an auditor and an administrator who read what', async () => {
    const backend = serve({ signedInAs: 'auditor', count: 1 });
    const first = renderApp('/audit?type=RoleGranted');
    await screen.findByText('No events match');
    await first.user.click(screen.getByRole('link', { name: 'Access log' }));
    const row = (await screen.findAllByText('limit=60 type=RoleGranted'))[0]!.closest('tr')!;
    expect(row).toHaveTextContent('Ada Auditor');
    await first.user.click(within(row).getByRole('button', { name: '/audit/events' }));
    expect(first.history.location.search).toContain('route=');
    expect(backend.accesses.map(({ route }) => route)).toContain('/api/v1/audit/accesses');
  });

  it('is open to an administrator, who sees no events', async () => {
    serve({ signedInAs: 'admin', count: 1 });
    const { user } = renderApp('/system');
    await user.click(await screen.findByRole('link', { name: 'Access log' }));
    expect(await screen.findByRole('heading', { name: 'Access log' })).toBeVisible();
    const page = within(screen.getByRole('main'));
    expect(await page.findByRole('link', { name: 'System' })).toBeVisible();
    expect(page.queryByRole('link', { name: 'Audit' })).not.toBeInTheDocument();
  });

  it('is closed to a member', async () => {
    serve({ signedInAs: 'member', count: 1 });
    const { history } = renderApp('/audit/accesses');
    await waitFor(() => expect(history.location.pathname).toBe('/settings'));
  });
});

describe('a number', () => {
  it('leads an auditor to the events that make it up, which add up to the same', async () => {
    const backend = serve({ signedInAs: 'auditor', count: 12 });
    const { user } = renderApp('/expenses?currency=JPY');
    await user.click(await screen.findByRole('link', { name: 'Events behind this number' }));
    expect(await screen.findByText(/The stored events add up to the same/)).toHaveTextContent('¥1,288,150');
    const kikunoi = screen.getByRole('link', { name: 'Kikunoi Honten, Kyoto' }).closest('li')!;
    const { position } = backend.log.find(
      ({ payload }) => (payload as { place?: string }).place === 'Kikunoi Honten, Kyoto',
    )!;
    expect(within(kikunoi).getByRole('link', { name: String(position) })).toBeVisible();
  });

  it('that its events do not make up is called wrong', async () => {
    const backend = serve({ signedInAs: 'auditor', count: 12 });
    const expense = [...backend.expenses.values()].find(({ place }) => place === 'Nishiki Market')!;
    expense.amount = '9999';
    renderApp('/audit/figure?currency=JPY');
    expect(await screen.findByText(/add up to something else/)).toHaveTextContent('¥1,288,150');
  });
});

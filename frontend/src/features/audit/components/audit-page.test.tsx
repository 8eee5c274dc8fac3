import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
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
    expect(await screen.findByText('"ProjectionRebuildRequested"')).toBeVisible();
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
});

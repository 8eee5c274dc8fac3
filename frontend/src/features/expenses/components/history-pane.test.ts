import { expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { contentAt } from './history-pane';

const entry = (version: number, changes: HistoryEntry['changes']): HistoryEntry => ({
  event: 'MealExpenseAmended',
  revision: '1',
  version,
  position: version,
  at: '',
  actor: { id: 'a' },
  client: 'web',
  changes,
});

it('puts an earlier version together from the changes up to it', () => {
  const entries = [
    entry(0, [
      { field: 'amount', to: '12.50' },
      { field: 'notes', to: 'with Mara' },
      { field: 'tags', to: ['team'] },
    ]),
    entry(1, [
      { field: 'amount', from: '12.50', to: '13.00' },
      { field: 'notes', from: 'with Mara' },
    ]),
  ];
  expect(contentAt(entries, 0)).toMatchObject({ amount: '12.50', notes: 'with Mara', tags: ['team'] });
  expect(contentAt(entries, 1)).toEqual({ amount: '13.00', tags: ['team'], attendees: [] });
});

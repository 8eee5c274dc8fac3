import { describe, expect, it } from 'vitest';
import type { Expense } from '@/api/types';
import { listRows } from './list-rows';

function meal(id: string, spentOn: string, amount: string): Expense {
  return {
    id,
    ownerId: 'me',
    spentOn,
    amount,
    currency: 'EUR',
    mealType: 'lunch',
    tags: [],
    attendees: [],
    receipts: [],
    version: 0,
    recordedAt: '',
  };
}

const nothingElse = { outgoing: [], leaving: new Set<string>(), ownerId: 'me', grouped: true };
const items = [
  meal('a', '2026-03-15', '10.00'),
  meal('b', '2026-03-15', '2.50'),
  meal('c', '2026-02-28', '4.00'),
];

describe('list rows', () => {
  it('groups by day and month with their totals', () => {
    const rows = listRows({ ...nothingElse, items, hasMore: false });
    expect(rows.map((row) => row.key)).toEqual([
      '2026-03',
      '2026-03-15',
      'a',
      'b',
      '2026-02',
      '2026-02-28',
      'c',
    ]);
    expect(rows[1]).toMatchObject({ totals: [{ amount: '12.50' }] });
  });

  it('tells no total of a day or month that is not loaded whole', () => {
    const rows = listRows({ ...nothingElse, items, hasMore: true });
    expect(rows.find((row) => row.key === '2026-03')).toMatchObject({ totals: [{ amount: '12.50' }] });
    expect(rows.find((row) => row.key === '2026-02')).toMatchObject({ totals: undefined });
    expect(rows.find((row) => row.key === '2026-02-28')).toMatchObject({ totals: undefined });
  });

  it('shows an expense on its way in its day, until the list has it', () => {
    const content = { spentOn: '2026-03-15', amount: '1.00', currency: 'EUR', mealType: 'lunch' as const };
    const outgoing = [{ id: 'new', content, state: 'waiting' as const }];
    const rows = listRows({ ...nothingElse, items, outgoing, hasMore: false });
    expect(rows.find((row) => row.key === 'new')).toMatchObject({ waiting: 'waiting' });
    expect(rows[1]).toMatchObject({ totals: [{ amount: '13.50' }] });
    const arrived = listRows({
      ...nothingElse,
      items: [meal('new', '2026-03-15', '1.00'), ...items],
      outgoing,
      hasMore: false,
    });
    expect(arrived.filter((row) => row.key === 'new')).toHaveLength(1);
    expect(arrived.find((row) => row.key === 'new')).not.toHaveProperty('waiting', 'waiting');
  });

  it('leaves out at once what is being deleted', () => {
    const rows = listRows({ ...nothingElse, items, leaving: new Set(['c']), hasMore: false });
    expect(rows.some((row) => row.key === '2026-02')).toBe(false);
  });
});

import { expect, it } from 'vitest';
import type { DeadLetter } from '@/api/types';
import { groupsOf } from './letter-groups';

const letter = (position: number, subjectId: string, part: Partial<DeadLetter> = {}): DeadLetter => ({
  position,
  subjectType: 'MealExpense',
  subjectId,
  sequence: 0,
  event: 'MealExpenseRecorded',
  recordedAt: '2026-02-11T10:00:00Z',
  parkedAt: '2026-02-11T10:00:00Z',
  error: 'x',
  retries: 0,
  ...part,
});

it('keeps the events of one subject together, in their order', () => {
  const groups = groupsOf([letter(1, 'a'), letter(2, 'b'), letter(3, 'a', { retries: 2 })]);
  expect(
    groups.map(({ subjectId, letters }) => [subjectId, letters.map(({ position }) => position)]),
  ).toEqual([
    ['a', [1, 3]],
    ['b', [2]],
  ]);
  expect(groups[0]!.retries).toBe(2);
});

it('calls a subject discarded only when nothing of it waits', () => {
  const discardedAt = '2026-02-11T11:00:00Z';
  const [half, whole] = groupsOf([
    letter(1, 'half', { discardedAt }),
    letter(2, 'half'),
    letter(3, 'whole', { discardedAt }),
  ]);
  expect(half!.discarded).toBe(false);
  expect(whole!.discarded).toBe(true);
});

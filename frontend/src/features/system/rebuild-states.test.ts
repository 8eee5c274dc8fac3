import { describe, expect, it } from 'vitest';
import type { Rebuild } from '@/api/types';
import { inOrder, shareOf, stepOf } from './rebuild-states';

const rebuild = (id: string, part: Partial<Rebuild>): Rebuild => ({
  id,
  projections: ['categories'],
  reason: 'x',
  requestedBy: 'a',
  requestedAt: '2026-02-11T10:00:00Z',
  state: 'requested',
  initial: false,
  eventsDone: 0,
  eventsTotal: 0,
  comparisons: [],
  decisions: [],
  ...part,
});

describe('rebuilds', () => {
  it('stand in the order of their turn, the one at work first, then what is over', () => {
    const newestFirst = [
      rebuild('third', {}),
      rebuild('over', { state: 'swapped', startedAt: '2026-02-11T10:00:00Z' }),
      rebuild('second', {}),
      rebuild('working', { state: 'copying', startedAt: '2026-02-11T10:00:00Z' }),
    ];
    const { open, over } = inOrder(newestFirst);
    expect(open.map(({ id }) => id)).toEqual(['working', 'second', 'third']);
    expect(over.map(({ id }) => id)).toEqual(['over']);
  });

  it('are never further than the end, and nowhere before anything is known', () => {
    expect(shareOf(rebuild('a', { eventsDone: 0, eventsTotal: 0 }))).toBe(0);
    expect(shareOf(rebuild('a', { eventsDone: 50, eventsTotal: 200 }))).toBe(0.25);
    expect(shareOf(rebuild('a', { eventsDone: 201, eventsTotal: 200 }))).toBe(1);
  });

  it('stand at the comparison while they wait for a decision', () => {
    expect(stepOf(rebuild('a', { state: 'differs' }))).toBe(stepOf(rebuild('a', { state: 'comparing' })));
  });
});

import { expect, it } from 'vitest';
import { compareMonths, median } from './two-months';

const row = (day: string, amount: string) => ({
  key: { day },
  totals: [{ currency: 'EUR', amount, count: 1 }],
});

it('compares with last month by the same day', () => {
  const rows = [
    row('2026-02-03', '10.00'),
    row('2026-02-20', '90.00'),
    row('2026-03-01', '4.50'),
    row('2026-03-05', '7.00'),
  ];
  const compared = compareMonths(rows, 'EUR', '2026-03-10');
  expect(compared).toMatchObject({ now: '11.50', before: '10.00', difference: '1.50', count: 2 });
  expect(compared.points).toHaveLength(31);
  expect(compared.points[9]).toEqual({ day: 10, now: 11.5, before: 10 });
  expect(compared.points[10]).toEqual({ day: 11, before: 10 });
  expect(compared.points[30]).toEqual({ day: 31 });
});

it('leaves other currencies alone', () => {
  expect(compareMonths([row('2026-03-01', '5.00')], 'JPY', '2026-03-10').now).toBe('0');
});

it('finds the middle', () => expect([median([3, 1, 2]), median([1, 2]), median([])]).toEqual([2, 1.5, 0]));

import type { SpendingRow } from '@/api/types';
import { addMonths, dayNumber, daysIn, firstDay, monthOf, type Day } from '@/lib/dates';
import { sum, type Amount } from '@/lib/money';

export interface RunningPoint {
  day: number;
  /** Sum from the first until this day; absent after today. */
  now?: number;
  before?: number;
}

export interface TwoMonths {
  /** Spent this month until today. */
  now: Amount;
  /** Spent last month until the same day of the month. */
  before: Amount;
  difference: Amount;
  count: number;
  points: RunningPoint[];
}

/** Compares this month with last month by the same day, in one currency. */
export function compareMonths(rows: SpendingRow[], currency: string, today: Day): TwoMonths {
  const month = monthOf(today);
  const last = addMonths(month, -1);
  const amounts = new Map<Day, { amount: Amount; count: number }>();
  for (const row of rows) {
    const total = row.totals.find((candidate) => candidate.currency === currency);
    if (total && row.key.day) amounts.set(row.key.day, total);
  }
  const dayOfMonth = (of: string, day: number) =>
    `${firstDay(of).slice(0, 8)}${String(day).padStart(2, '0')}`;
  const until = (of: string, day: number) =>
    sum(
      Array.from(
        { length: Math.min(day, daysIn(of)) },
        (_, i) => amounts.get(dayOfMonth(of, i + 1))?.amount ?? '0',
      ),
    );
  const todayNumber = dayNumber(today);
  const now = until(month, todayNumber);
  const before = until(last, todayNumber);
  const length = Math.max(daysIn(month), daysIn(last));
  const points = Array.from({ length }, (_, i) => ({
    day: i + 1,
    ...(i + 1 <= todayNumber ? { now: Number(until(month, i + 1)) } : {}),
    ...(i + 1 <= daysIn(last) ? { before: Number(until(last, i + 1)) } : {}),
  }));
  const count = [...amounts].reduce(
    (all, [day, total]) => (monthOf(day) === month ? all + total.count : all),
    0,
  );
  return {
    now,
    before,
    difference: sum([now, before.startsWith('-') ? before.slice(1) : `-${before}`]),
    count,
    points,
  };
}

export function median(numbers: number[]): number {
  if (!numbers.length) return 0;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

import { expect, it } from 'vitest';
import { addDays, addMonths, daysIn, formatRange, isDay, lastDay, monthsBetween } from './dates';

it('counts days and months over the ends of years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(lastDay('2028-02')).toBe('2028-02-29');
  expect(daysIn('2026-02')).toBe(28);
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

it('knows a day from something that looks like one', () => {
  expect(isDay('2026-02-28')).toBe(true);
  expect(isDay('2026-02-30')).toBe(false);
  expect(isDay('9.7.2026')).toBe(false);
});

it('calls a whole month by its name', () => {
  expect(formatRange('2025-03-01', '2025-03-31')).toBe('March 2025');
});

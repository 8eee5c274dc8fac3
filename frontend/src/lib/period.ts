import { addDays, addMonths, firstDay, isDay, lastDay, monthOf, today, type Day } from './dates';
import { one } from './search-params';

export interface Period {
  from: Day;
  to: Day;
}

export const PRESETS = ['thisMonth', 'lastMonth', 'last3', 'last12', 'thisYear', 'lastYear'] as const;
export type Preset = (typeof PRESETS)[number];

export function presetPeriod(preset: Preset, now: Day = today()): Period {
  const month = monthOf(now);
  const year = Number(now.slice(0, 4));
  switch (preset) {
    case 'thisMonth':
      return { from: firstDay(month), to: lastDay(month) };
    case 'lastMonth':
      return { from: firstDay(addMonths(month, -1)), to: lastDay(addMonths(month, -1)) };
    case 'last3':
      return { from: firstDay(addMonths(month, -2)), to: lastDay(month) };
    case 'last12':
      return { from: firstDay(addMonths(month, -11)), to: lastDay(month) };
    case 'thisYear':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  }
}

export const DEFAULT_PRESET: Preset = 'last12';

/** The period in the address: two days, or the usual one. */
export function readPeriod(
  search: Record<string, unknown>,
  now: Day = today(),
  usual: Preset = DEFAULT_PRESET,
): Period {
  const from = one(search.from);
  const to = one(search.to);
  if (isDay(from) && isDay(to) && from <= to && addDays(from, 366 * 30) > to) return { from, to };
  return presetPeriod(usual, now);
}

export function presetOf(period: Period, now: Day = today()): Preset | undefined {
  return PRESETS.find((preset) => {
    const candidate = presetPeriod(preset, now);
    return candidate.from === period.from && candidate.to === period.to;
  });
}

import { dayOf, toDate, type Day } from './dates';
import { locale } from './locale';

/** A moment as the API writes it: RFC 3339 with Z or an offset, to the microsecond. It stays text until it is shown. */
export type Instant = string;

const PATTERN = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What an address says, or undefined when it is no moment. A plus sign that was typed into it arrives as a blank. */
export function readInstant(text: string): Instant | undefined {
  const instant = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const day = PATTERN.exec(instant)?.[1];
  if (!day || Number.isNaN(Date.parse(instant))) return undefined;
  // 31 February: Date would make it March
  return dayOf(toDate(day)) === day ? instant : undefined;
}

/** The digits below a millisecond, which Date does not keep. */
function belowMillis(instant: Instant): number {
  const fraction = /\.(\d+)/.exec(instant)?.[1] ?? '';
  return Number(fraction.padEnd(9, '0').slice(3, 9));
}

/** Below zero when `a` is before `b`, to the last digit written. */
export function compareInstants(a: Instant, b: Instant): number {
  return Date.parse(a) - Date.parse(b) || belowMillis(a) - belowMillis(b);
}

export function instantOf(date: Date): Instant {
  return date.toISOString().replace(/\.000Z$/, 'Z');
}

/** The day on the reader's calendar. */
export function dayOfInstant(instant: Instant): Day {
  return dayOf(new Date(instant));
}

/** A day and a wall-clock time (HH:mm or HH:mm:ss) of the reader's, as a moment. */
export function instantAt(day: Day, time: string): Instant | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(time);
  if (!match) return undefined;
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return instantOf(
    new Date(year, month - 1, date, Number(match[1]), Number(match[2]), Number(match[3] ?? '0')),
  );
}

/** The last microsecond of a day: what was recorded on it is in. */
export function endOfDay(day: Day): Instant {
  return `${instantAt(day, '23:59:59')!.slice(0, 19)}.999999Z`;
}

const HOUR = 3_600_000;

/**
 * "14 March 2026, 18:00" in the reader's own zone: with seconds where they say something, and with the zone in the hour
 * that a clock set back shows twice. The last moment of a minute goes without, as the end of a day does.
 */
export function formatMoment(instant: Instant, width: 'long' | 'short' = 'long'): string {
  const date = new Date(instant);
  const fraction = (/\.(\d+)/.exec(instant)?.[1] ?? '').replace(/0+$/, '');
  const last = date.getSeconds() === 59 && fraction.startsWith('999');
  const exact = !last && (date.getSeconds() !== 0 || fraction !== '');
  const twice = [-HOUR, HOUR].some((step) => wallClock(new Date(date.getTime() + step)) === wallClock(date));
  const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: width, year: 'numeric' });
  const time = new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    ...(exact ? { second: '2-digit' } : {}),
    ...(exact && fraction ? { fractionalSecondDigits: 3 } : {}),
    ...(twice ? { timeZoneName: 'short' } : {}),
  });
  return `${day.format(date)}, ${time.format(date)}`;
}

function wallClock(date: Date): string {
  return `${dayOf(date)} ${date.getHours()}:${date.getMinutes()}`;
}

/** HH:mm on the reader's clock. */
export function timeOfInstant(instant: Instant): string {
  const date = new Date(instant);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

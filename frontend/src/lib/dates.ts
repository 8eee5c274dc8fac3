import { locale } from './locale';

/** A calendar day, yyyy-MM-dd, never an instant. */
export type Day = string;
/** yyyy-MM */
export type Month = string;

const pad = (n: number) => String(n).padStart(2, '0');

export function dayOf(date: Date): Day {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function today(): Day {
  return dayOf(new Date());
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** Noon, so that no clock change can move the day. */
export function toDate(day: Day): Date {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}

export function addDays(day: Day, days: number): Day {
  const date = toDate(day);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

export function addMonths(month: Month, months: number): Month {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return monthOf(dayOf(new Date(year, number - 1 + months, 1, 12)));
}

export function firstDay(month: Month): Day {
  return `${month}-01`;
}

export function lastDay(month: Month): Day {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

export function daysIn(month: Month): number {
  return Number(lastDay(month).slice(8));
}

export function dayNumber(day: Day): number {
  return Number(day.slice(8));
}

/** The months from the first to the last, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to && months.length < 600; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(toDate(text)) === text;
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(date);
}

/** "Wed, 18 November", with the year unless it is this one. */
export function formatDay(day: Day, options: Intl.DateTimeFormatOptions = {}): string {
  const sameYear = day.slice(0, 4) === today().slice(0, 4);
  return format(toDate(day), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...options,
  });
}

/** "18 Nov", with the year unless it is this one. */
export function formatDayShort(day: Day): string {
  const sameYear = day.slice(0, 4) === today().slice(0, 4);
  return format(toDate(day), { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

export function formatMonth(
  month: Month,
  options: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric' },
): string {
  return format(toDate(firstDay(month)), options);
}

/** "18 Nov 2026, 14:03" in the reader's own zone. */
export function formatInstant(instant: string): string {
  return format(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' });
}

export function formatInstantExact(instant: string): string {
  return format(new Date(instant), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

export function formatRange(from: Day | undefined, to: Day | undefined): string {
  if (from && to) {
    if (from === to) return formatDayShort(from);
    if (from === firstDay(monthOf(from)) && to === lastDay(monthOf(from))) return formatMonth(monthOf(from));
    return `${formatDayShort(from)} – ${formatDayShort(to)}`;
  }
  if (from) return `${formatDayShort(from)} –`;
  if (to) return `– ${formatDayShort(to)}`;
  return '';
}

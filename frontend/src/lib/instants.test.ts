import { describe, expect, it } from 'vitest';
import {
  compareInstants,
  dayOfInstant,
  endOfDay,
  formatMoment,
  instantAt,
  readInstant,
  timeOfInstant,
} from './instants';

describe('moments', () => {
  it.each([
    '2026-03-14T17:00:00Z',
    '2026-03-14T17:00Z',
    '2026-03-14T17:00:00.123456Z',
    '2026-03-14T18:00:00+01:00',
  ])('reads %s', (text) => expect(readInstant(text)).toBe(text));

  it('reads an offset whose plus became a blank in the address', () =>
    expect(readInstant('2026-03-14T18:00:00 01:00')).toBe('2026-03-14T18:00:00+01:00'));

  it.each([
    '',
    'yesterday',
    '2026-03-14',
    '2026-03-14T17:00:00',
    '2026-02-31T17:00:00Z',
    '2026-03-14T25:00:00Z',
    '2026-03-14T17:00:00.1234567Z',
  ])('does not read %s', (text) => expect(readInstant(text)).toBeUndefined());

  it('compares to the microsecond, whatever the offset', () => {
    expect(compareInstants('2026-03-14T17:00:00.000001Z', '2026-03-14T18:00:00.000002+01:00')).toBeLessThan(
      0,
    );
    expect(compareInstants('2026-03-14T17:00:00.5Z', '2026-03-14T18:00:00.500000+01:00')).toBe(0);
    expect(compareInstants('2026-03-14T17:00:00.0019Z', '2026-03-14T17:00:00.001Z')).toBeGreaterThan(0);
  });

  it('ends a day with its last microsecond', () => {
    const end = endOfDay('2026-03-31');
    expect(dayOfInstant(end)).toBe('2026-03-31');
    expect(compareInstants(end, instantAt('2026-04-01', '00:00')!)).toBeLessThan(0);
    expect(end).toMatch(/59\.999999Z$/);
  });

  it('takes a day and a time of the wall clock', () => {
    const instant = instantAt('2026-03-14', '18:05')!;
    expect(dayOfInstant(instant)).toBe('2026-03-14');
    expect(timeOfInstant(instant)).toBe('18:05');
    expect(instantAt('2026-03-14', 'noon')).toBeUndefined();
  });

  it('tells apart what differs by less than a minute, and leaves the end of a day in peace', () => {
    const at = (time: string) => formatMoment(`2026-03-14T${time}Z`);
    expect(at('17:22:00')).not.toMatch(/22:00/);
    expect(at('17:22:59')).toMatch(/22:59/);
    expect(at('17:22:00.123456')).toMatch(/22:00\.123/);
    expect(at('17:22:59.999999')).not.toMatch(/59/);
  });

  const quarters = Array.from({ length: 365 * 96 }, (_, index) => Date.UTC(2026, 0, 1) + index * 900_000);
  const shownTwice = quarters.find(
    (at) => new Date(at).getTimezoneOffset() - new Date(at - 3_600_000).getTimezoneOffset() === 60,
  );
  it.runIf(shownTwice)('names the zone in the hour that a clock set back shows twice', () => {
    const moment = (at: number) => formatMoment(new Date(at).toISOString());
    expect(moment(shownTwice!)).not.toBe(moment(shownTwice! - 3_600_000));
    expect(moment(shownTwice! + 3_600_000)).not.toMatch(/GMT|[A-Z]{3,4}$/);
  });
});

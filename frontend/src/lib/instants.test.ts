import { describe, expect, it } from 'vitest';
import { compareInstants, dayOfInstant, endOfDay, instantAt, readInstant, timeOfInstant } from './instants';

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
});

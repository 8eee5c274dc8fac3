import { expect, it } from 'vitest';
import { uuid7 } from './uuid7';

it('is a version 7 UUID that sorts by time', () => {
  const id = uuid7();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuid7(1_700_000_000_000) < uuid7(1_700_000_000_001)).toBe(true);
  expect(parseInt(uuid7(1_700_000_000_000).replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
});

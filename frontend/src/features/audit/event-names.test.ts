import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_NAMES } from './event-names';

it('knows every event that there is an approved file of', () => {
  const approved = readdirSync('../shared-events/src/test/resources/io/mealexpense/events')
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.split('.')[0]);
  expect([...EVENT_NAMES].sort()).toEqual([...new Set(approved)].sort());
});

import { expect, it } from 'vitest';
import type { AuditEvent } from '@/api/types';
import { countedBy } from './figure';

const event = (name: string, payload: object = {}) =>
  ({
    event: name,
    stored: { name, revision: '1', payload: JSON.stringify(payload), metadata: '{}' },
  }) as AuditEvent;

const recorded = event('MealExpenseRecorded', { amount: '12.50', currency: 'EUR' });
const amended = event('MealExpenseAmended', { amount: '13', currency: 'USD' });

it('counts the last content', () => {
  expect(countedBy([recorded])).toEqual({ amount: '12.50', currency: 'EUR' });
  expect(countedBy([recorded, amended])).toEqual({ amount: '13', currency: 'USD' });
});

it('counts nothing while it is deleted, and the same again after its restoration', () => {
  const deleted = [recorded, amended, event('MealExpenseDeleted')];
  expect(countedBy(deleted)).toBeUndefined();
  expect(countedBy([...deleted, event('MealExpenseRestored')])).toEqual({ amount: '13', currency: 'USD' });
});

import type { AuditEvent } from '@/api/types';

interface Counted {
  currency: string;
  amount: string;
}

/** What an expense counts for, by its events alone: the last content, and nothing while it is deleted. */
export function countedBy(events: AuditEvent[]): Counted | undefined {
  let counted: Counted | undefined;
  let deleted = false;
  for (const event of events) {
    const payload = event.stored ? (JSON.parse(event.stored.payload) as Partial<Counted>) : undefined;
    if (payload?.amount && payload.currency) counted = { amount: payload.amount, currency: payload.currency };
    if (event.event === 'MealExpenseDeleted') deleted = true;
    if (event.event === 'MealExpenseRestored') deleted = false;
  }
  return deleted ? undefined : counted;
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { useAsOf } from '@/lib/as-of';
import type { AuditEvent, Expense, ExpenseFilter } from '@/api/types';

/** Expenses at a time; their ids travel in one request line. */
const EXPENSES = 40;
const EVENTS = 200;

async function eventsOf(expenses: Expense[], signal: AbortSignal): Promise<AuditEvent[]> {
  const subjectId = expenses.map(({ id }) => id);
  const events: AuditEvent[] = [];
  let cursor: string | undefined;
  while (subjectId.length > 0) {
    const query = { subjectId, limit: EVENTS, ...(cursor ? { cursor } : {}) };
    const { data } = await answer(queryApi.GET('/api/v1/audit/events', { params: { query }, signal }));
    events.push(...data.items);
    cursor = data.nextCursor;
    if (!cursor) break;
  }
  return events;
}

/** The expenses that a figure counts, each with every event that made it what it is, oldest first. */
export function useFigure(filter: ExpenseFilter) {
  const asOf = useAsOf();
  return useInfiniteQuery({
    queryKey: ['audit', 'figure', filter, asOf ?? null],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        ...filter,
        sort: '-spentOn' as const,
        limit: EXPENSES,
        asOf,
        ...(pageParam ? { cursor: pageParam } : {}),
      };
      const { data } = await answer(queryApi.GET('/api/v1/expenses', { params: { query }, signal }));
      const last = data.asOf?.position ?? Infinity;
      const events = (await eventsOf(data.items, signal)).filter(({ position }) => position <= last);
      return {
        totals: data.totals,
        nextCursor: data.nextCursor,
        incomplete: data.incomplete,
        expenses: data.items.map((expense) => ({
          expense,
          events: events.filter(({ aggregateId }) => aggregateId === expense.id).reverse(),
        })),
      };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

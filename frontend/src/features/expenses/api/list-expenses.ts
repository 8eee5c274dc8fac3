import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { keepWithin, useAsOf } from '@/lib/as-of';
import { DEFAULT_SORT, filterOf, type ListSearch } from '../search';
import { expenseKeys } from './keys';

export const expensesQuery = (search: ListSearch, state: 'active' | 'deleted' = 'active', asOf?: string) =>
  infiniteQueryOptions({
    queryKey: expenseKeys.list(search, state, asOf),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        ...filterOf(search),
        sort: search.sort ?? DEFAULT_SORT,
        limit: 60,
        asOf,
        ...(state === 'deleted' ? { state } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      };
      return (await answer(queryApi.GET('/api/v1/expenses', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepWithin(asOf),
  });

export function useExpenses(search: ListSearch, state?: 'active' | 'deleted') {
  return useInfiniteQuery(expensesQuery(search, state, useAsOf()));
}

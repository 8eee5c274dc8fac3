import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, queryApi } from './client';
import type { Category } from './types';

/** All of them, archived ones too: an old expense keeps its category. */
export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: async ({ signal }) =>
    (await answer(queryApi.GET('/api/v1/categories', { params: { query: { state: 'all' } }, signal }))).data
      .items,
  staleTime: 5 * 60_000,
});

export interface Categories {
  all: Category[];
  active: Category[];
  byId: Map<string, Category>;
  isPending: boolean;
}

const NONE: Category[] = [];

export function useCategories(): Categories {
  const { data = NONE, isPending } = useQuery(categoriesQuery);
  return useMemo(
    () => ({
      all: data,
      active: data.filter((category) => !category.archived),
      byId: new Map(data.map((category) => [category.id, category])),
      isPending,
    }),
    [data, isPending],
  );
}

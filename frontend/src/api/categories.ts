import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, queryApi } from './client';
import { useAsOf } from '@/lib/as-of';
import type { Category } from './types';

/** All of them, archived ones too: an old expense keeps its category. */
export const categoriesQuery = (asOf?: string) =>
  queryOptions({
    queryKey: ['categories', asOf ?? null],
    queryFn: async ({ signal }) => {
      const query = { state: 'all' as const, asOf };
      return (await answer(queryApi.GET('/api/v1/categories', { params: { query }, signal }))).data;
    },
    staleTime: 5 * 60_000,
  });

export interface Categories {
  all: Category[];
  active: Category[];
  byId: Map<string, Category>;
  isPending: boolean;
  incomplete?: boolean;
}

const NONE: Category[] = [];

export function useCategories(): Categories {
  const { data, isPending } = useQuery(categoriesQuery(useAsOf()));
  return useMemo(() => {
    const all = data?.items ?? NONE;
    return {
      all,
      active: all.filter((category) => !category.archived),
      byId: new Map(all.map((category) => [category.id, category])),
      isPending,
      incomplete: data?.incomplete,
    };
  }, [data, isPending]);
}

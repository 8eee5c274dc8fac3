import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import type { Instant } from '@/lib/instants';
import type { Period } from '@/lib/period';

export interface Comparison extends Period {
  since: Instant;
  /** Undefined for now. */
  until?: Instant;
  ownerId?: string;
}

/** What differs between two moments, among the expenses of a period. */
export function useChanges(comparison: Comparison) {
  return useInfiniteQuery({
    queryKey: ['expenses', 'changes', comparison],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...comparison, cursor: pageParam, limit: 60 };
      return (await answer(queryApi.GET('/api/v1/expenses/changes', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

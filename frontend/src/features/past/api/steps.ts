import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import type { Month } from '@/lib/dates';

/** As many as the server gives at once. */
const STEPS = 200;

/** Every event that touched somebody's month, in order, each with the report's totals after it. */
export function useSteps(month: Month, ownerId: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['expenses', 'steps', month, ownerId],
    enabled: ownerId !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { month, ownerId, cursor: pageParam, limit: STEPS };
      return (await answer(queryApi.GET('/api/v1/expenses/steps', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // each read is written down, and a recording that is being watched must not grow under the hand
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

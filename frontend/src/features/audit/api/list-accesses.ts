import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import type { AccessFilter } from '@/api/types';

export function useAccesses(filter: AccessFilter) {
  return useInfiniteQuery({
    queryKey: ['accesses', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...filter, limit: 60, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await answer(queryApi.GET('/api/v1/audit/accesses', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // each look at this list is written into it
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

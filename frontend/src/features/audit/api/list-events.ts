import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import type { AuditFilter } from '@/api/types';

export function useAuditEvents(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...filter, limit: 60, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await answer(queryApi.GET('/api/v1/audit/events', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

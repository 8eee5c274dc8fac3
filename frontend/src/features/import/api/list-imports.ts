import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';

export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await answer(queryApi.GET('/api/v1/imports', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

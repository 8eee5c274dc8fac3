import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';

export function usePlaces(q: string, enabled = true) {
  return useQuery({
    queryKey: ['places', q],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { limit: 8, ...(q ? { q } : {}) };
      return (await answer(queryApi.GET('/api/v1/places', { params: { query }, signal }))).data.items;
    },
  });
}

export function useTags() {
  return useQuery({
    queryKey: ['tags'],
    queryFn: async ({ signal }) => (await answer(queryApi.GET('/api/v1/tags', { signal }))).data.items,
  });
}

import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { expenseKeys } from './keys';

export function useHistory(id: string) {
  return useQuery({
    queryKey: expenseKeys.history(id),
    queryFn: async ({ signal }) =>
      (await answer(queryApi.GET('/api/v1/expenses/{id}/history', { params: { path: { id } }, signal })))
        .data,
  });
}

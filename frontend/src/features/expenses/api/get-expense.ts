import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { useAsOf } from '@/lib/as-of';
import { expenseKeys } from './keys';

export async function fetchExpense(id: string, signal?: AbortSignal, asOf?: string) {
  const params = { path: { id }, query: { asOf } };
  return (await answer(queryApi.GET('/api/v1/expenses/{id}', { params, signal }))).data;
}

export function useExpense(id: string) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: expenseKeys.one(id, asOf),
    queryFn: ({ signal }) => fetchExpense(id, signal, asOf),
  });
}

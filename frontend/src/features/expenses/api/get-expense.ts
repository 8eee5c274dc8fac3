import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { expenseKeys } from './keys';

export async function fetchExpense(id: string, signal?: AbortSignal) {
  const { data } = await answer(queryApi.GET('/api/v1/expenses/{id}', { params: { path: { id } }, signal }));
  return data;
}

export function useExpense(id: string) {
  return useQuery({ queryKey: expenseKeys.one(id), queryFn: ({ signal }) => fetchExpense(id, signal) });
}

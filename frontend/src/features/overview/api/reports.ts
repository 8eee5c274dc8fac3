import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { addMonths, firstDay, monthOf, today } from '@/lib/dates';

/** Day by day, from the first of last month until the end of this one. */
export function useTwoMonths() {
  const to = monthOf(today());
  const from = addMonths(to, -1);
  return useQuery({
    queryKey: ['reports', 'days', from, to],
    queryFn: async ({ signal }) => {
      const query = { groupBy: 'day', from: firstDay(from), to: today() };
      return (await answer(queryApi.GET('/api/v1/reports/spending', { params: { query }, signal }))).data;
    },
  });
}

export function useYear() {
  const to = monthOf(today());
  const from = addMonths(to, -11);
  return useQuery({
    queryKey: ['reports', 'monthly', from, to],
    queryFn: async ({ signal }) =>
      (await answer(queryApi.GET('/api/v1/reports/monthly', { params: { query: { from, to } }, signal })))
        .data,
  });
}

export function useMonthCategories() {
  const to = today();
  const from = firstDay(monthOf(to));
  return useQuery({
    queryKey: ['reports', 'categories', from, to],
    queryFn: async ({ signal }) =>
      (await answer(queryApi.GET('/api/v1/reports/categories', { params: { query: { from, to } }, signal })))
        .data,
  });
}

export function useLatest() {
  return useQuery({
    queryKey: ['expenses', 'latest'],
    queryFn: async ({ signal }) =>
      (await answer(queryApi.GET('/api/v1/expenses', { params: { query: { limit: 6 } }, signal }))).data,
  });
}

import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { useAsOf, usePresentDay } from '@/lib/as-of';
import { addMonths, firstDay, monthOf } from '@/lib/dates';

/** Day by day, from the first of last month until the end of this one. */
export function useTwoMonths() {
  const asOf = useAsOf();
  const day = usePresentDay();
  const to = monthOf(day);
  const from = addMonths(to, -1);
  return useQuery({
    queryKey: ['reports', 'days', from, day, asOf ?? null],
    queryFn: async ({ signal }) => {
      const query = { groupBy: 'day', from: firstDay(from), to: day, asOf };
      return (await answer(queryApi.GET('/api/v1/reports/spending', { params: { query }, signal }))).data;
    },
  });
}

export function useYear() {
  const asOf = useAsOf();
  const to = monthOf(usePresentDay());
  const from = addMonths(to, -11);
  return useQuery({
    queryKey: ['reports', 'monthly', from, to, asOf ?? null],
    queryFn: async ({ signal }) => {
      const query = { from, to, asOf };
      return (await answer(queryApi.GET('/api/v1/reports/monthly', { params: { query }, signal }))).data;
    },
  });
}

export function useMonthCategories() {
  const asOf = useAsOf();
  const to = usePresentDay();
  const from = firstDay(monthOf(to));
  return useQuery({
    queryKey: ['reports', 'categories', from, to, asOf ?? null],
    queryFn: async ({ signal }) => {
      const query = { from, to, asOf };
      return (await answer(queryApi.GET('/api/v1/reports/categories', { params: { query }, signal }))).data;
    },
  });
}

export function useLatest() {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ['expenses', 'latest', asOf ?? null],
    queryFn: async ({ signal }) => {
      const query = { limit: 6, asOf };
      return (await answer(queryApi.GET('/api/v1/expenses', { params: { query }, signal }))).data;
    },
  });
}

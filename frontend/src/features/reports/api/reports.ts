import { useQuery } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { keepWithin, useAsOf } from '@/lib/as-of';
import { monthOf } from '@/lib/dates';
import type { Period } from '@/lib/period';

export function useMonthly({ from, to }: Period, ownerId?: string) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ['reports', 'monthly', from, to, ownerId, asOf ?? null],
    placeholderData: keepWithin(asOf),
    queryFn: async ({ signal }) => {
      const query = { groupBy: 'month', from, to, ownerId, asOf };
      const { data } = await answer(queryApi.GET('/api/v1/reports/spending', { params: { query }, signal }));
      const months = data.rows.map((row) => ({ month: row.key.month ?? monthOf(from), totals: row.totals }));
      return { months, incomplete: data.incomplete };
    },
  });
}

export function useByCategory({ from, to }: Period, ownerId?: string) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ['reports', 'categories', from, to, ownerId, asOf ?? null],
    placeholderData: keepWithin(asOf),
    queryFn: async ({ signal }) =>
      (
        await answer(
          queryApi.GET('/api/v1/reports/categories', {
            params: { query: { from, to, ownerId, asOf } },
            signal,
          }),
        )
      ).data,
  });
}

export function useByMeal({ from, to }: Period, ownerId?: string) {
  return useSpending('mealType', { from, to }, ownerId);
}

export function useByWeekday({ from, to }: Period, ownerId?: string) {
  return useSpending('weekday,mealType', { from, to }, ownerId);
}

function useSpending(groupBy: string, { from, to }: Period, ownerId?: string) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ['reports', groupBy, from, to, ownerId, asOf ?? null],
    placeholderData: keepWithin(asOf),
    queryFn: async ({ signal }) => {
      const query = { groupBy, from, to, ownerId, asOf };
      return (await answer(queryApi.GET('/api/v1/reports/spending', { params: { query }, signal }))).data;
    },
  });
}

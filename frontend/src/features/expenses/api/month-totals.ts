import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, queryApi } from '@/api/client';
import { useAsOf } from '@/lib/as-of';
import type { Total } from '@/lib/money';
import { filterOf, type ListSearch } from '../search';
import { expenseKeys } from './keys';

/** Month totals of a filter that the report understands; other filters are added up from the rows. */
export function useMonthTotals(search: ListSearch) {
  const asOf = useAsOf();
  const { sort, ...chosen } = search;
  const { from, to, categoryId, mealType, currency, ownerId, ...rest } = filterOf(chosen);
  const enabled = Object.keys(rest).length === 0 && (sort === undefined || sort === 'spentOn');
  const { data } = useQuery({
    queryKey: expenseKeys.months({ from, to, categoryId, mealType, currency, ownerId }, asOf),
    enabled,
    queryFn: async ({ signal }) => {
      const query = { groupBy: 'month', from, to, categoryId, mealType, currency, ownerId, asOf };
      return (await answer(queryApi.GET('/api/v1/reports/spending', { params: { query }, signal }))).data;
    },
  });
  const totals = useMemo(
    () => data && new Map<string, Total[]>(data.rows.map((row) => [row.key.month ?? '', row.totals])),
    [data],
  );
  return enabled ? { data, totals } : {};
}

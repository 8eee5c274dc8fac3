import { useMutation } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { useAsOf, usePresentDay } from '@/lib/as-of';
import { saveFile } from '@/lib/download';
import { DEFAULT_SORT, filterOf, type ListSearch } from '../search';

/** Saves the file; answers whether it may be missing entries. */
export function useExportExpenses() {
  const asOf = useAsOf();
  const day = usePresentDay();
  return useMutation({
    mutationFn: async (search: ListSearch) => {
      const query = { ...filterOf(search), format: 'csv' as const, sort: search.sort ?? DEFAULT_SORT, asOf };
      const { data, headers } = await answer(
        queryApi.GET('/api/v1/expenses/export', { params: { query }, parseAs: 'blob' }),
      );
      saveFile(data as unknown as Blob, `expenses-${asOf ? 'as-of-' : ''}${day}.csv`);
      return { incomplete: headers.get('Incomplete') === 'true' };
    },
  });
}

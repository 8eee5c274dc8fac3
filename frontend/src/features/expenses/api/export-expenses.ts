import { useMutation } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import { today } from '@/lib/dates';
import { saveFile } from '@/lib/download';
import { DEFAULT_SORT, filterOf, type ListSearch } from '../search';

/** Saves the file; answers whether it may be missing entries. */
export function useExportExpenses() {
  return useMutation({
    mutationFn: async (search: ListSearch) => {
      const query = { ...filterOf(search), format: 'csv' as const, sort: search.sort ?? DEFAULT_SORT };
      const { data, headers } = await answer(
        queryApi.GET('/api/v1/expenses/export', { params: { query }, parseAs: 'blob' }),
      );
      saveFile(data as unknown as Blob, `expenses-${today()}.csv`);
      return { incomplete: headers.get('Incomplete') === 'true' };
    },
  });
}

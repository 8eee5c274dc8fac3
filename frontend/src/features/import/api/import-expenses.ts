import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import { refreshEverything } from '@/api/query-client';
import { uuid7 } from '@/lib/uuid7';

export function useImportExpenses() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) => {
      const body = new FormData();
      body.append('file', file);
      const call = commandApi.POST('/api/v1/expenses/import', {
        params: { header: { 'Idempotency-Key': uuid7() } },
        body: body as never,
        bodySerializer: (form) => form as unknown as FormData,
      });
      return (await answer(call)).data;
    },
    onSuccess: () => refreshEverything(queries),
  });
}

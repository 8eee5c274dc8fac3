import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, commandApi } from '@/api/client';
import { refreshEverything } from '@/api/query-client';
import { uuid7 } from '@/lib/uuid7';

interface Undoing {
  id: string;
  changedToo: boolean;
}

/** Undoes an import. Asking again after a lost answer is the same request, as long as it says the same. */
export function useUndoImport() {
  const queries = useQueryClient();
  const keys = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: async ({ id, changedToo }: Undoing) => {
      const same = `${id} ${changedToo}`;
      const key = keys.current.get(same) ?? uuid7();
      keys.current.set(same, key);
      const call = commandApi.POST('/api/v1/imports/{id}/undo', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { changedToo },
      });
      return (await answer(call)).data;
    },
    onSettled: () => refreshEverything(queries),
  });
}

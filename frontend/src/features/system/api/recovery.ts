import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi, queryApi } from '@/api/client';

/** What was restored, and what is known to be lost. */
export function useRestoredLog() {
  return useQuery({
    queryKey: ['log', 'recovery'],
    refetchInterval: 10_000,
    queryFn: async ({ signal }) => (await answer(queryApi.GET('/api/v1/log/recovery', { signal }))).data,
  });
}

export interface Declaration {
  /** Where the log ends, as it was looked at. */
  position: number;
  reason: string;
}

export function useDeclareRecovery() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Declaration) => {
      await answer(commandApi.POST('/api/v1/log/recovery', { body }));
    },
    // also when it was refused: somebody else may have declared it
    onSettled: () => queries.invalidateQueries({ queryKey: ['log'] }),
  });
}

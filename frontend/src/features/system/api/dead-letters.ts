import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi, queryApi } from '@/api/client';
import { useAttempts } from './attempts';

export function useDeadLetters(projection: string) {
  return useQuery({
    queryKey: ['dead-letters', projection],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => {
      const params = { path: { name: projection } };
      return (await answer(queryApi.GET('/api/v1/projections/{name}/dead-letters', { params, signal }))).data;
    },
  });
}

export type LetterAct = 'retry' | 'discard';

export interface LetterDecision {
  projection: string;
  subjectId: string;
  act: LetterAct;
  reason: string;
}

export function useDecideLetter() {
  const queries = useQueryClient();
  const attempts = useAttempts();
  return useMutation({
    mutationFn: async (decided: LetterDecision) => {
      const { projection, subjectId, act, reason } = decided;
      const params = {
        path: { name: projection, subjectId },
        header: { 'Idempotency-Key': attempts.nameOf(decided) },
      };
      await answer(
        act === 'retry'
          ? commandApi.POST('/api/v1/projections/{name}/dead-letters/{subjectId}/retry', {
              params,
              body: { reason },
            })
          : commandApi.POST('/api/v1/projections/{name}/dead-letters/{subjectId}/discard', {
              params,
              body: { reason },
            }),
      );
    },
    onSuccess: () => attempts.forget(),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['dead-letters'] }),
        queries.invalidateQueries({ queryKey: ['projections'] }),
      ]),
  });
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, commandApi, queryApi } from '@/api/client';
import type { Rebuild } from '@/api/types';
import { isFinished, isMoving } from '../rebuild-states';
import { useAttempts } from './attempts';

const keys = {
  list: ['rebuilds', 'list'] as const,
  one: (id: string) => ['rebuilds', 'one', id] as const,
};

/** Newest first. Asked for now and then, so that one which somebody else starts shows up. */
export function useRebuilds() {
  return useInfiniteQuery({
    queryKey: keys.list,
    initialPageParam: undefined as string | undefined,
    refetchInterval: 10_000,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await answer(queryApi.GET('/api/v1/rebuilds', { params: { query }, signal }))).data;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One that is not finished, every second while it moves; the list is asked again once it is over. */
export function useOpenRebuild(known: Rebuild) {
  const queries = useQueryClient();
  const rebuild = useQuery({
    queryKey: keys.one(known.id),
    initialData: known,
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => (isMoving(state.data?.state ?? known.state) ? 1_000 : 5_000),
    queryFn: async ({ signal }) =>
      (await answer(queryApi.GET('/api/v1/rebuilds/{id}', { params: { path: { id: known.id } }, signal })))
        .data,
  });
  const over = isFinished(rebuild.data.state);
  useEffect(() => {
    if (!over) return;
    void queries.invalidateQueries({ queryKey: keys.list });
    void queries.invalidateQueries({ queryKey: ['projections'] });
  }, [over, queries]);
  return rebuild;
}

export interface RebuildRequest {
  projections: string[];
  reason: string;
}

/** Answers the id of the rebuild. */
export function useRequestRebuild() {
  const queries = useQueryClient();
  const attempts = useAttempts();
  return useMutation({
    mutationFn: async (wanted: RebuildRequest) => {
      const body = { ...wanted, id: attempts.nameOf(wanted) };
      return (await answer(commandApi.POST('/api/v1/rebuilds', { body }))).data.id;
    },
    onSuccess: async () => {
      attempts.forget();
      await refresh(queries);
    },
  });
}

export interface RebuildDecision {
  id: string;
  decision: 'swap' | 'cancel';
  /** The comparison that was looked at, of a swap. */
  comparedAt: number;
  reason: string;
}

export function useDecideRebuild() {
  const queries = useQueryClient();
  const attempts = useAttempts();
  return useMutation({
    mutationFn: async (decided: RebuildDecision) => {
      const { id, decision, comparedAt, reason } = decided;
      const params = { path: { id }, header: { 'Idempotency-Key': attempts.nameOf(decided) } };
      await answer(
        decision === 'swap'
          ? commandApi.POST('/api/v1/rebuilds/{id}/swap', { params, body: { reason, comparedAt } })
          : commandApi.POST('/api/v1/rebuilds/{id}/cancel', { params, body: { reason } }),
      );
    },
    // also when it was refused: somebody else may have decided
    onSettled: () => refresh(queries),
  });
}

async function refresh(queries: ReturnType<typeof useQueryClient>): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['rebuilds'] }),
    queries.invalidateQueries({ queryKey: ['projections'] }),
    queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  ]);
}

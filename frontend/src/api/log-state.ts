import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStore } from '@/lib/store';
import { answer, queryApi } from './client';
import { refusedByLog } from './transport';
import type { LogState } from './types';

export const LOG_STATE = ['log', 'state'] as const;

/** Asked for again this often while nothing can be recorded. */
const WHILE_CLOSED_MS = 10_000;

/**
 * Whether nothing can be recorded, because the data was restored from a backup. Asked for at the start and when somebody
 * comes back to the page; a command that is refused for it tells at once.
 */
export function useLogClosed(): boolean {
  const queries = useQueryClient();
  const refused = useStore(refusedByLog);
  const state = useQuery<LogState>({
    queryKey: LOG_STATE,
    staleTime: WHILE_CLOSED_MS,
    refetchInterval: ({ state: { data } }) => (data?.closed ? WHILE_CLOSED_MS : false),
    queryFn: async ({ signal }) => (await answer(queryApi.GET('/api/v1/log', { signal }))).data,
  });
  useEffect(() => {
    if (refused > 0) void queries.invalidateQueries({ queryKey: LOG_STATE });
  }, [refused, queries]);
  return state.data?.closed ?? false;
}

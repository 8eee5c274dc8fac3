import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) =>
          error instanceof Problem && error.passing && error.type !== 'offline' && failures < 2,
        retryDelay: (attempt) => 800 * 2 ** attempt,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** After a command everything that was read may have changed, except who is signed in. */
export function refreshEverything(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
}

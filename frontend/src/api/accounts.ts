import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, commandApi } from './client';
import { useAbilities } from './me';
import type { DirectoryEntry } from './types';

/** Names of people; auditors and administrators only. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) =>
    (await answer(commandApi.GET('/api/v1/auth/accounts', { signal }))).data.items,
  staleTime: 60_000,
});

export function useAccounts(): Map<string, DirectoryEntry> {
  const { audit, administer } = useAbilities();
  const { data } = useQuery({ ...accountsQuery, enabled: audit || administer });
  return useMemo(() => new Map((data ?? []).map((account) => [account.id, account])), [data]);
}

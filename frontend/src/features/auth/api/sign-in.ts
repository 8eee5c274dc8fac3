import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import { forgetTokens } from '@/api/consistency';
import { meQuery } from '@/api/me';
import { session } from '@/api/session';
import type { Account } from '@/api/types';

export interface Credentials {
  email: string;
  password: string;
}

export async function signIn(credentials: Credentials): Promise<Account> {
  await answer(commandApi.POST('/api/v1/auth/login', { body: { ...credentials, session: 'cookie' } }));
  const { data } = await answer(commandApi.GET('/api/v1/auth/me'));
  return data;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (account) => {
      const before = queries.getQueryData(meQuery.queryKey);
      if (before && before.id !== account.id) queries.clear();
      queries.setQueryData(meQuery.queryKey, account);
      session.set('in');
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => answer(commandApi.POST('/api/v1/auth/logout')),
    onSuccess: () => {
      forgetTokens();
      session.set('out');
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
}

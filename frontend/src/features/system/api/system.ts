import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi, queryApi } from '@/api/client';
import type { Role } from '@/api/types';

export function useProjections() {
  return useQuery({
    queryKey: ['projections'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => (await answer(queryApi.GET('/api/v1/projections', { signal }))).data.items,
  });
}

interface RoleChange {
  id: string;
  role: Role;
  granted: boolean;
}

export function useChangeRole() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, role, granted }: RoleChange) => {
      const params = { path: { id, role } };
      await answer(
        granted
          ? commandApi.PUT('/api/v1/auth/accounts/{id}/roles/{role}', { params })
          : commandApi.DELETE('/api/v1/auth/accounts/{id}/roles/{role}', { params }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

export function useDisableAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, disabled }: { id: string; disabled: boolean }) => {
      const params = { path: { id } };
      await answer(
        disabled
          ? commandApi.PUT('/api/v1/auth/accounts/{id}/disabled', { params })
          : commandApi.DELETE('/api/v1/auth/accounts/{id}/disabled', { params }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

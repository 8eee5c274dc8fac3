import { useMutation } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import type { Registration } from './register';

export function useSetUp() {
  return useMutation({
    mutationFn: async (body: Registration & { token: string }) =>
      answer(commandApi.POST('/api/v1/auth/setup', { body })),
  });
}

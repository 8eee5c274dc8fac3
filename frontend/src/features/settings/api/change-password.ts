import { useMutation } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';

export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

export function useChangePassword() {
  return useMutation({
    mutationFn: async (body: PasswordChange) => answer(commandApi.PUT('/api/v1/auth/password', { body })),
  });
}

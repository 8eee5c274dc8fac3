import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import { refreshEverything } from '@/api/query-client';
import type { Category, CategoryContent } from '@/api/types';
import { uuid7 } from '@/lib/uuid7';

interface Save {
  before?: Category;
  content: CategoryContent;
}

async function saveCategory({ before, content }: Save): Promise<void> {
  if (!before) {
    await answer(commandApi.POST('/api/v1/categories', { body: { id: uuid7(), ...content } }));
    return;
  }
  const params = { path: { id: before.id }, header: { 'If-Match': `"${before.version}"` } };
  await answer(commandApi.PUT('/api/v1/categories/{id}', { params, body: content }));
}

async function archiveCategory({ id, version }: Category): Promise<void> {
  await answer(
    commandApi.DELETE('/api/v1/categories/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
    }),
  );
}

export function useSaveCategory() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: saveCategory, onSuccess: () => refreshEverything(queries) });
}

export function useArchiveCategory() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: archiveCategory, onSuccess: () => refreshEverything(queries) });
}

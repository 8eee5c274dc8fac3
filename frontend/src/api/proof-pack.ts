import { useMutation } from '@tanstack/react-query';
import { saveFile } from '@/lib/download';
import { answer, queryApi } from './client';

/** One expense, or somebody's expenses that ever lay in a period. */
export type PackSubject = { expenseId: string } | { ownerId: string; from: string; to: string };

const nameIn = (headers: Headers): string =>
  /filename="([^"/\\]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? 'proof-pack.zip';

/** Saves everything that proves what happened, for whoever has no access here; answers the file's name. */
export function useProofPack() {
  return useMutation({
    mutationFn: async (subject: PackSubject) => {
      const { data, headers } = await answer(
        queryApi.GET('/api/v1/sealed-log/pack', { params: { query: subject }, parseAs: 'blob' }),
      );
      const name = nameIn(headers);
      saveFile(data as unknown as Blob, name);
      return name;
    },
  });
}

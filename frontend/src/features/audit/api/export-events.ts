import { useMutation } from '@tanstack/react-query';
import { answer, queryApi } from '@/api/client';
import type { AuditFilter } from '@/api/types';
import { today } from '@/lib/dates';
import { saveFile } from '@/lib/download';

export type LogFormat = 'csv' | 'ndjson';

/** Saves the whole filter as a file; answers whether it may be missing entries. */
export function useExportEvents() {
  return useMutation({
    mutationFn: async ({ filter, format }: { filter: AuditFilter; format: LogFormat }) => {
      const query = { ...filter, format };
      const { data, headers } = await answer(
        queryApi.GET('/api/v1/audit/events/export', { params: { query }, parseAs: 'blob' }),
      );
      saveFile(data as unknown as Blob, `events-${today()}.${format}`);
      return { incomplete: headers.get('Incomplete') === 'true' };
    },
  });
}

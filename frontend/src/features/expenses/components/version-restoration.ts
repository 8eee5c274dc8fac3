import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import type { ExpenseContent } from '@/api/types';
import { useAmendExpense, useDeleteExpense, useRestoreExpense } from '../api/change-expense';
import { useUndo } from '../undo';

/** An expense as it is now. */
export interface Present {
  id: string;
  version: number;
  deleted: boolean;
  content: ExpenseContent;
}

/**
 * Puts an earlier version back: as a new amendment, so that nothing in between is lost, and after a restoration where
 * the expense was deleted.
 */
export function useVersionRestoration() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const amend = useAmendExpense();
  const bringBack = useRestoreExpense();
  const remove = useDeleteExpense();
  const offerUndo = useUndo();
  const [pending, setPending] = useState(false);

  async function restore(present: Present, content: ExpenseContent, number: number): Promise<void> {
    const { id } = present;
    const reason = t('history.restoreReason', { number });
    setPending(true);
    try {
      const alive = present.deleted
        ? await bringBack.mutateAsync({ id, version: present.version, reason })
        : present.version;
      const version = await amend.mutateAsync({ id, version: alive, body: { ...content, reason } });
      offerUndo({
        id: `version-${id}-${version}`,
        message: t('history.versionRestored', { number }),
        undo: async () => {
          const undo = { reason: t('undo.reason') };
          const back = await amend.mutateAsync({ id, version, body: { ...present.content, ...undo } });
          if (present.deleted) await remove.mutateAsync({ id, version: back, ...undo });
        },
        undone: t('history.restorationUndone'),
      });
    } catch (error) {
      toast.show({ color: 'red', message: problemText(error) });
    } finally {
      setPending(false);
    }
  }

  return { restore, pending };
}

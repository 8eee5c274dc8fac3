import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import type { Expense } from '@/api/types';
import { useDeleteExpense, useRestoreExpense, type Target } from '../api/change-expense';
import { useUndo } from '../undo';

/**
 * Deletes one or several expenses, says so, and offers to bring them back. Whoever asked may be gone before the
 * answers come, so they are awaited rather than left to callbacks.
 */
export function useDeletion() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const remove = useDeleteExpense();
  const restore = useRestoreExpense();
  const offerUndo = useUndo();

  /** All of them; if one does not come back, whoever waits hears why. */
  async function bringBack(gone: Target[]): Promise<void> {
    const back = await Promise.allSettled(
      gone.map((target) => restore.mutateAsync({ ...target, reason: t('undo.reason') })),
    );
    const failed = back.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  return async function deleteThem(expenses: Expense[]): Promise<void> {
    const results = await Promise.allSettled(
      expenses.map(async ({ id, version }) => ({ id, version: await remove.mutateAsync({ id, version }) })),
    );
    const gone = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) {
      toast.show({
        color: 'red',
        title:
          expenses.length === 1
            ? t('expense.notDeleted')
            : t('expense.notAllDeleted', { count: expenses.length - gone.length }),
        message: isProblem(failed.reason, 'stale-version')
          ? t('conflict.changedSince')
          : problemText(failed.reason),
      });
    }
    const [first] = expenses;
    if (gone.length === 0 || !first) return;
    offerUndo({
      id: `deleted-${gone[0]!.id}-${gone[0]!.version}`,
      message:
        expenses.length === 1
          ? t('expense.deleted', { name: first.place ?? first.purpose ?? t(`meal.${first.mealType}`) })
          : t('expense.deletedMany', { count: gone.length }),
      undo: () => bringBack(gone),
      undone: t('expense.restored', { count: gone.length }),
    });
  };
}

/** Brings a deleted expense back with all it carried, and offers to delete it again. */
export function useRestoration() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const remove = useDeleteExpense();
  const restore = useRestoreExpense();
  const offerUndo = useUndo();

  async function bringBack(target: Target): Promise<void> {
    try {
      const version = await restore.mutateAsync(target);
      offerUndo({
        id: `restored-${target.id}-${version}`,
        message: t('expense.restored', { count: 1 }),
        undo: () => remove.mutateAsync({ id: target.id, version, reason: t('undo.reason') }),
        undone: t('expense.deletedAgain'),
      });
    } catch (error) {
      toast.show({ color: 'red', message: problemText(error) });
    }
  }

  return { bringBack, pending: restore.isPending };
}

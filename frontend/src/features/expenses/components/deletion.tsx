import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import type { Expense } from '@/api/types';
import { useDeleteExpense, useRestoreExpense } from '../api/change-expense';
import classes from './deletion.module.css';

/**
 * Deletes one or several expenses, says so, and offers to bring them back. Whoever asked may be gone before the
 * answers come, so they are awaited rather than left to callbacks.
 */
export function useDeletion() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const remove = useDeleteExpense();
  const restore = useRestoreExpense();

  async function bringBack(gone: { id: string; version: number }[]): Promise<void> {
    const back = await Promise.allSettled(gone.map((target) => restore.mutateAsync(target)));
    const failed = back.find((result) => result.status === 'rejected');
    if (failed) toast.show({ color: 'red', message: problemText(failed.reason) });
    else toast.show({ message: t('expense.restored', { count: gone.length }) });
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
    const id = `deleted-${gone[0]!.id}`;
    toast.show({
      id,
      autoClose: 10_000,
      message: (
        <div className={classes.toast}>
          <span>
            {expenses.length === 1
              ? t('expense.deleted', { name: first.place ?? first.purpose ?? t(`meal.${first.mealType}`) })
              : t('expense.deletedMany', { count: gone.length })}
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            h={44}
            onClick={() => {
              toast.hide(id);
              void bringBack(gone);
            }}
          >
            {t('common.undo')}
          </Button>
        </div>
      ),
    });
  };
}

import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Category, Expense } from '@/api/types';
import { formatDayShort } from '@/lib/dates';
import { Amount } from './amount';
import { CategoryIcon } from './category-icon';
import classes from './expense-row.module.css';

export type Waiting = 'sending' | 'waiting' | 'refused';

interface Props {
  expense: Expense;
  category?: Category;
  /** Shown where rows are not grouped by day. */
  dated?: boolean;
  /** Whose it is, where several people's expenses are listed. */
  owner?: string;
  waiting?: Waiting;
  selected?: boolean;
  onWaiting?: () => void;
}

/** One expense on one line: category, place, a quiet second line, the amount. */
export function ExpenseRow({ expense, category, dated, owner, waiting, selected, onWaiting }: Props) {
  const { t } = useTranslation();
  const title = expense.place ?? expense.purpose ?? category?.name ?? t(`meal.${expense.mealType}`);
  const people = expense.attendees.length;
  const quiet = [
    owner,
    dated ? formatDayShort(expense.spentOn) : expense.spentAt,
    t(`meal.${expense.mealType}`),
    ...expense.tags.map((tag) => `#${tag}`),
    people ? t('expense.withPeople', { count: people }) : undefined,
    expense.notes,
  ].filter(Boolean);
  const inside = (
    <>
      <CategoryIcon category={category} />
      <span className={classes.words}>
        <span className={classes.place}>{title}</span>
        <span className={classes.quiet}>
          {waiting ? (
            <span className={classes.waiting} data-state={waiting}>
              {waiting === 'refused' ? <IconAlertCircle size={14} /> : <IconClock size={14} />}{' '}
              {t(`waiting.${waiting}`)}
            </span>
          ) : (
            quiet.join(' · ')
          )}
        </span>
      </span>
      <Amount amount={expense.amount} currency={expense.currency} named className={classes.amount} />
    </>
  );
  if (waiting) {
    return (
      <button
        type="button"
        className={classes.row}
        data-waiting={waiting}
        onClick={onWaiting}
        disabled={!onWaiting}
      >
        {inside}
      </button>
    );
  }
  return (
    <Link
      to="."
      search={((before: object) => ({ ...before, expense: expense.id, pane: undefined })) as never}
      resetScroll={false}
      className={classes.row}
      data-selected={selected || undefined}
      aria-current={selected ? 'true' : undefined}
    >
      {inside}
    </Link>
  );
}

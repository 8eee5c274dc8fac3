import { IconAlertCircle, IconCheck, IconClock, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Category, Expense } from '@/api/types';
import { formatDayShort } from '@/lib/dates';
import { Amount } from './amount';
import { CategoryIcon } from './category-icon';
import { useRowGestures } from './row-gestures';
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
  /** Several are being chosen: a tap chooses. Otherwise shift and holding do. */
  choosing?: boolean;
  chosen?: boolean;
  onChoose?: (range: boolean) => void;
  onDelete?: () => void;
  onAmend?: () => void;
}

/** One expense on one line: category, place, a quiet second line, the amount. */
export function ExpenseRow(props: Props) {
  const { expense, category, dated, owner, waiting, selected, onWaiting } = props;
  const { choosing, chosen, onChoose, onDelete, onAmend } = props;
  const { t } = useTranslation();
  const title = expense.place ?? expense.purpose ?? category?.name ?? t(`meal.${expense.mealType}`);
  const gestures = useRowGestures({
    onHold: onChoose && (() => onChoose(false)),
    onSwipe: onDelete && onAmend && !choosing ? (to) => (to === 'left' ? onDelete() : onAmend()) : undefined,
  });
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
      {chosen ? (
        <span className={classes.chosen}>
          <IconCheck size={20} stroke={2.4} role="img" aria-label={t('select.chosen')} />
        </span>
      ) : (
        <CategoryIcon category={category} />
      )}
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
  const link = (
    <Link
      to="."
      search={((before: object) => ({ ...before, expense: expense.id, pane: undefined })) as never}
      resetScroll={false}
      className={classes.row}
      data-selected={selected || undefined}
      data-chosen={chosen || undefined}
      aria-current={selected ? 'true' : undefined}
      {...(onChoose && {
        ...gestures.handlers,
        onClick: (event: MouseEvent) => {
          const over = gestures.swallows();
          if (!over && !event.shiftKey && !choosing) return;
          event.preventDefault();
          if (!over) onChoose(event.shiftKey);
        },
        style: { transform: gestures.shift ? `translateX(${gestures.shift}px)` : undefined },
      })}
    >
      {inside}
    </Link>
  );
  if (!onChoose) return link;
  return (
    <div
      className={classes.swipe}
      data-swiping={gestures.shift === 0 ? undefined : gestures.shift < 0 ? 'delete' : 'amend'}
      data-decided={gestures.decided || undefined}
    >
      {gestures.shift !== 0 && (
        <span className={classes.behind} aria-hidden>
          {gestures.shift < 0 ? <IconTrash size={22} /> : <IconPencil size={22} />}
        </span>
      )}
      {link}
    </div>
  );
}

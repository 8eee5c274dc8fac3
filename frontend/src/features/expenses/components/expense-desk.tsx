import { useHotkeys } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbilities, useMe } from '@/api/me';
import { useReadOnly } from '@/components/ui/changing';
import { onDemand } from '@/components/ui/on-demand';
import { usePast } from '@/lib/as-of';
import { one } from '@/lib/search-params';
import { formatMoney } from '@/lib/money';
import { useDeleteExpense } from '../api/change-expense';
import { useOutbox, useOutboxSender, type Outgoing } from '../api/outbox';
import { undoLast, useUndo } from '../undo';

const AddSheet = onDemand(() => import('./add-sheet').then((m) => m.AddSheet), 'over');
const ExpenseDrawer = onDemand(() => import('./expense-drawer').then((m) => m.ExpenseDrawer), 'over');

/** When the sheet is fetched, in milliseconds: the numbers of the page come first. */
const PREPARED_AFTER = 2_000;

/** The add sheet and the details drawer: they open over any page, by the address (?add=1, ?expense=…). */
export function ExpenseDesk() {
  const { t } = useTranslation();
  const me = useMe();
  const { write, read } = useAbilities();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { unreadable } = usePast();
  const readOnly = useReadOnly();
  const adding = write && !readOnly && !unreadable && Boolean(one(search.add));
  const expenseId = read && !unreadable ? one(search.expense) : undefined;
  const [opened, setOpened] = useState(adding);
  // there when it is wanted, even if the connection is not any more
  useEffect(() => {
    if (!write) return;
    const timer = setTimeout(() => void AddSheet.preload(), PREPARED_AFTER);
    return () => clearTimeout(timer);
  }, [write]);
  if (adding && !opened) setOpened(true);
  const remove = useDeleteExpense();
  const offerUndo = useUndo();
  useHotkeys([['mod+Z', () => (readOnly ? readOnly.explain() : undoLast())]]);
  const outbox = useOutbox();
  const refused = outbox.find((item) => item.state === 'refused' && item.id === one(search.add));

  // answers arrive later: what counts then is what is open then
  const openSheet = useRef<string>(undefined);
  useEffect(() => {
    openSheet.current = one(search.add);
  });

  const change = (part: object, replace = false) =>
    navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      replace,
      resetScroll: false,
    });

  const { send } = useOutboxSender(write ? me.id : '', {
    onRecorded(item, version) {
      offerUndo({
        id: `recorded-${item.id}`,
        title: t('add.saved', { amount: formatMoney(item.content.amount, item.content.currency) }),
        message: item.content.place ?? t(`meal.${item.content.mealType}`),
        undo: () => remove.mutateAsync({ id: item.id, version, reason: t('undo.reason') }),
        undone: t('add.undone'),
      });
    },
    onRefused(item: Outgoing) {
      // back to the form with everything typed, unless another one is being filled in
      if (!openSheet.current && !readOnly) void change({ add: item.id });
    },
  });

  return (
    <>
      {opened && (
        <AddSheet
          opened={adding}
          refused={refused}
          onClose={() => void change({ add: undefined }, true)}
          onSave={(id, content) => void send(id, content)}
        />
      )}
      {expenseId && (
        <ExpenseDrawer
          key={expenseId}
          id={expenseId}
          pane={one(search.pane)}
          onChange={change}
          onClose={() => void change({ expense: undefined, pane: undefined })}
        />
      )}
    </>
  );
}

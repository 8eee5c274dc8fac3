import { Button, Skeleton } from '@mantine/core';
import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useCategories } from '@/api/categories';
import { useMe } from '@/api/me';
import { Totals } from '@/components/ui/amount';
import { ExpenseRow } from '@/components/ui/expense-row';
import type { Expense } from '@/api/types';
import { addDays, formatDay, formatMonth, today } from '@/lib/dates';
import type { Total } from '@/lib/money';
import { useLeaving } from '../api/change-expense';
import type { Outgoing } from '../api/outbox';
import { listRows, type ListRow } from '../list-rows';
import classes from './expense-list.module.css';

interface Props {
  items: Expense[];
  outgoing: Outgoing[];
  monthTotals?: Map<string, Total[]>;
  grouped: boolean;
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
  selected?: string;
  filterKey: string;
  /** Ids of the chosen ones; undefined where nothing may be changed. */
  chosen?: ReadonlySet<string>;
  onChoose: (expenses: Expense[], range: boolean) => void;
  onDelete: (expense: Expense) => void;
}

const HEIGHTS: Record<ListRow['kind'], number> = { month: 56, day: 44, expense: 64, more: 72 };

export function ExpenseList({
  items,
  outgoing,
  monthTotals,
  grouped,
  hasMore,
  loading,
  failed,
  onMore,
  selected,
  filterKey,
  chosen,
  onChoose,
  onDelete,
}: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const accounts = useAccounts();
  const categories = useCategories();
  const leaving = useLeaving();
  const box = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(box.current?.offsetTop ?? 0), [filterKey]);

  const rows = useMemo(
    () => listRows({ items, outgoing, leaving, ownerId: me.id, hasMore, grouped, monthTotals }),
    [items, outgoing, leaving, me.id, hasMore, grouped, monthTotals],
  );
  const months = useMemo(() => rows.flatMap((row, i) => (row.kind === 'month' ? [i] : [])), [rows]);
  const sticky = useRef(-1);

  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (i) => HEIGHTS[rows[i]!.kind],
    getItemKey: (i) => rows[i]!.key,
    overscan: 12,
    scrollMargin: offset,
    rangeExtractor: useCallback(
      (range: Range) => {
        sticky.current = months.findLast((i) => i <= range.startIndex) ?? -1;
        const indexes = defaultRangeExtractor(range);
        return sticky.current < 0
          ? indexes
          : [...new Set([sticky.current, ...indexes])].sort((a, b) => a - b);
      },
      [months],
    ),
  });

  /** The last one that was chosen or not; shift reaches from there. */
  const anchor = useRef<string>(undefined);
  function choose(expense: Expense, range: boolean) {
    const all = rows.flatMap((row) =>
      row.kind === 'expense' && !row.waiting && row.expense.ownerId === me.id ? [row.expense] : [],
    );
    const from = all.findIndex(({ id }) => id === anchor.current);
    const to = all.findIndex(({ id }) => id === expense.id);
    if (range && from >= 0 && to >= 0 && chosen?.size) {
      onChoose(all.slice(Math.min(from, to), Math.max(from, to) + 1), true);
    } else {
      onChoose([expense], false);
    }
    anchor.current = expense.id;
  }

  const visible = virtualizer.getVirtualItems();
  const end = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && !failed && end >= rows.length - 12) onMore();
  }, [hasMore, loading, failed, end, rows.length, onMore]);

  return (
    <div ref={box} className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
      {visible.map((item) => {
        const row = rows[item.index]!;
        const stuck = item.index === sticky.current;
        return (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtualizer.measureElement}
            className={stuck ? classes.sticky : classes.item}
            data-kind={row.kind}
            style={
              stuck
                ? undefined
                : { transform: `translateY(${item.start - virtualizer.options.scrollMargin}px)` }
            }
          >
            {row.kind === 'month' && (
              <div className={classes.month}>
                <h2>{formatMonth(row.month)}</h2>
                {row.totals && <Totals totals={row.totals} />}
              </div>
            )}
            {row.kind === 'day' && (
              <div className={classes.day}>
                <h3>{dayName(row.day, t('common.today'), t('common.yesterday'))}</h3>
                {row.totals && <Totals totals={row.totals} />}
              </div>
            )}
            {row.kind === 'expense' && (
              <ExpenseRow
                expense={row.expense}
                category={categories.byId.get(row.expense.categoryId ?? '')}
                dated={!grouped}
                owner={
                  row.expense.ownerId === me.id ? undefined : accounts.get(row.expense.ownerId)?.displayName
                }
                waiting={row.waiting}
                selected={row.expense.id === selected}
                {...(chosen &&
                  row.expense.ownerId === me.id && {
                    choosing: chosen.size > 0,
                    chosen: chosen.has(row.expense.id),
                    onChoose: (range: boolean) => choose(row.expense, range),
                    onDelete: () => onDelete(row.expense),
                    onAmend: () =>
                      void navigate({
                        to: '.',
                        search: ((before: object) => ({
                          ...before,
                          expense: row.expense.id,
                          pane: 'edit',
                        })) as never,
                        resetScroll: false,
                      }),
                  })}
                onWaiting={
                  row.waiting === 'refused'
                    ? () =>
                        void navigate({
                          to: '.',
                          search: ((before: object) => ({ ...before, add: row.expense.id })) as never,
                          resetScroll: false,
                        })
                    : undefined
                }
              />
            )}
            {row.kind === 'more' &&
              (failed ? (
                <Button variant="default" onClick={onMore} my="sm">
                  {t('list.moreFailed')}
                </Button>
              ) : (
                <div className={classes.more} role="status" aria-label={t('common.loading')}>
                  <Skeleton width={36} height={36} radius={10} />
                  <Skeleton height={12} width="40%" />
                </div>
              ))}
          </div>
        );
      })}
    </div>
  );
}

function dayName(day: string, todayName: string, yesterdayName: string): string {
  const now = today();
  const name = formatDay(day);
  if (day === now) return `${todayName} · ${name}`;
  if (day === addDays(now, -1)) return `${yesterdayName} · ${name}`;
  return name;
}

import type { Expense } from '@/api/types';
import { monthOf, type Day, type Month } from '@/lib/dates';
import { totalsOf, type Total } from '@/lib/money';
import type { Waiting } from '@/components/ui/expense-row';
import type { Outgoing } from './api/outbox';
import type { ListSearch } from './search';

export type ListRow =
  | { kind: 'month'; key: string; month: Month; totals?: Total[] }
  | { kind: 'day'; key: string; day: Day; totals?: Total[] }
  | { kind: 'expense'; key: string; expense: Expense; waiting?: Waiting }
  | { kind: 'more'; key: 'more' };

interface Source {
  items: Expense[];
  outgoing: Outgoing[];
  leaving: ReadonlySet<string>;
  ownerId: string;
  hasMore: boolean;
  grouped: boolean;
  monthTotals?: Map<Month, Total[]>;
}

/** An expense on its way looks like one that arrived, with a mark. */
function asExpense(item: Outgoing, ownerId: string): Expense {
  return {
    ...item.content,
    tags: item.content.tags ?? [],
    attendees: item.content.attendees ?? [],
    id: item.id,
    ownerId,
    receipts: [],
    version: 0,
    recordedAt: '',
  };
}

/** Whether an expense on its way would be found by the filter, as far as this side can tell. */
export function wouldMatch(item: Outgoing, search: ListSearch): boolean {
  const { content } = item;
  return (
    !search.q &&
    !search.minAmount &&
    !search.maxAmount &&
    !search.orderType &&
    (!search.from || content.spentOn >= search.from) &&
    (!search.to || content.spentOn <= search.to) &&
    (!search.mealType || search.mealType.includes(content.mealType)) &&
    (!search.categoryId || search.categoryId.includes(content.categoryId ?? 'none')) &&
    (!search.currency || search.currency === content.currency) &&
    (!search.tag || search.tag.every((tag) => content.tags?.includes(tag)))
  );
}

/**
 * Flattens pages into month headers, day headers and expenses. Totals of a day or month are told only when all of
 * it is known: from the report, or because the next one has begun.
 */
export function listRows({
  items,
  outgoing,
  leaving,
  ownerId,
  hasMore,
  grouped,
  monthTotals,
}: Source): ListRow[] {
  const known = new Set(items.map((item) => item.id));
  const waiting = new Map<string, Waiting>();
  const arriving = outgoing.filter((item) => !known.has(item.id));
  for (const item of arriving) waiting.set(item.id, item.state === 'recorded' ? 'sending' : item.state);
  const present = items.filter((item) => !leaving.has(item.id));
  const fresh = arriving.map((item) => asExpense(item, ownerId));

  const row = (expense: Expense): ListRow => ({
    kind: 'expense',
    key: expense.id,
    expense,
    waiting: waiting.get(expense.id),
  });
  const more: ListRow[] = hasMore ? [{ kind: 'more', key: 'more' }] : [];
  if (!grouped) return [...fresh.map(row), ...present.map(row), ...more];

  const ascending = present.length > 1 && present[0]!.spentOn < present.at(-1)!.spentOn;
  const lastLoaded = present.at(-1)?.spentOn;
  const merged = [
    ...fresh.filter(
      (e) =>
        !hasMore ||
        lastLoaded === undefined ||
        (ascending ? e.spentOn <= lastLoaded : e.spentOn >= lastLoaded),
    ),
    ...present,
  ];
  merged.sort((a, b) => (a.spentOn === b.spentOn ? 0 : a.spentOn < b.spentOn === ascending ? -1 : 1));

  const byDay = new Map<Day, Expense[]>();
  const byMonth = new Map<Month, Expense[]>();
  for (const expense of merged) {
    byDay.set(expense.spentOn, [...(byDay.get(expense.spentOn) ?? []), expense]);
    const month = monthOf(expense.spentOn);
    if (!byMonth.has(month)) byMonth.set(month, []);
    byMonth.get(month)!.push(expense);
  }
  const complete = (part: string) => !hasMore || !lastLoaded?.startsWith(part);

  const rows: ListRow[] = [];
  let month = '';
  for (const [day, expenses] of byDay) {
    if (monthOf(day) !== month) {
      month = monthOf(day);
      const totals = complete(month) ? totalsOf(byMonth.get(month)!) : monthTotals?.get(month);
      rows.push({ kind: 'month', key: month, month, totals });
    }
    rows.push({ kind: 'day', key: day, day, totals: complete(day) ? totalsOf(expenses) : undefined });
    rows.push(...expenses.map(row));
  }
  return [...rows, ...more];
}

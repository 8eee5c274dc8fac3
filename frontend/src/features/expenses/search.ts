import {
  MEAL_TYPES,
  ORDER_TYPES,
  SORTS,
  type ExpenseFilter,
  type MealType,
  type OrderType,
  type Sort,
} from '@/api/types';
import { isDay } from '@/lib/dates';
import { many, one, oneOf } from '@/lib/search-params';

/** What the list's address says. */
export interface ListSearch {
  q?: string;
  from?: string;
  to?: string;
  mealType?: MealType[];
  orderType?: OrderType[];
  categoryId?: string[];
  tag?: string[];
  currency?: string;
  minAmount?: string;
  maxAmount?: string;
  ownerId?: string;
  sort?: Sort;
}

export const DEFAULT_SORT: Sort = '-spentOn';

/** Reads an address that anybody may have typed: what makes no sense is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const day = (value: unknown) => (isDay(one(value)) ? one(value) : undefined);
  const amount = (value: unknown) =>
    /^-?\d{1,12}(\.\d{1,4})?$/.test(one(value) ?? '') ? one(value) : undefined;
  const known = <T extends string>(value: unknown, allowed: readonly T[]) => {
    const given = many(value);
    const list = given && allowed.filter((item) => given.includes(item));
    return list?.length ? list : undefined;
  };
  const sort = oneOf(search.sort, SORTS);
  return clean({
    q: one(search.q)?.slice(0, 200),
    from: day(search.from),
    to: day(search.to),
    mealType: known(search.mealType, MEAL_TYPES),
    orderType: known(search.orderType, ORDER_TYPES),
    categoryId: many(search.categoryId),
    tag: many(search.tag),
    currency: /^[A-Z]{3}$/.test(one(search.currency) ?? '') ? one(search.currency) : undefined,
    minAmount: amount(search.minAmount),
    maxAmount: amount(search.maxAmount),
    ownerId: one(search.ownerId),
    sort: sort === DEFAULT_SORT ? undefined : sort,
  });
}

function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

/** What is sent; sort and paging are added by whoever asks. */
export function filterOf(search: ListSearch): ExpenseFilter {
  const { sort: _, currency, ...filter } = search;
  return { ...filter, ...(currency ? { currency: [currency] } : {}) };
}

export function isFiltered(search: ListSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}

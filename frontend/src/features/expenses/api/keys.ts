import type { ExpenseFilter } from '@/api/types';
import type { ListSearch } from '../search';

export const expenseKeys = {
  all: ['expenses'] as const,
  list: (search: ListSearch, state: string, asOf?: string) =>
    ['expenses', 'list', state, search, asOf ?? null] as const,
  months: (filter: ExpenseFilter, asOf?: string) => ['expenses', 'months', filter, asOf ?? null] as const,
  one: (id: string, asOf?: string) => ['expenses', 'one', id, asOf ?? null] as const,
  history: (id: string) => ['expenses', 'history', id] as const,
};

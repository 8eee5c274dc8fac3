import type { ExpenseFilter } from '@/api/types';
import type { ListSearch } from '../search';

export const expenseKeys = {
  all: ['expenses'] as const,
  list: (search: ListSearch, state: string) => ['expenses', 'list', state, search] as const,
  months: (filter: ExpenseFilter) => ['expenses', 'months', filter] as const,
  one: (id: string) => ['expenses', 'one', id] as const,
  history: (id: string) => ['expenses', 'history', id] as const,
};

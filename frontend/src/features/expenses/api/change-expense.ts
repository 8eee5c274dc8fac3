import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import { refreshEverything } from '@/api/query-client';
import type { AmendExpense, Expense } from '@/api/types';
import { createStore, useStore } from '@/lib/store';
import { expenseKeys } from './keys';

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

export interface Amendment {
  id: string;
  version: number;
  body: AmendExpense;
}

export async function amendExpense({ id, version, body }: Amendment): Promise<number> {
  const call = commandApi.PUT('/api/v1/expenses/{id}', {
    params: { path: { id }, header: ifMatch(version) },
    body,
  });
  return (await answer(call)).version ?? version + 1;
}

export interface Target {
  id: string;
  version: number;
  /** Told in the history. */
  reason?: string;
}

export async function deleteExpense({ id, version, reason }: Target): Promise<number> {
  const call = commandApi.DELETE('/api/v1/expenses/{id}', {
    params: { path: { id }, header: ifMatch(version), ...(reason ? { query: { reason } } : {}) },
  });
  return (await answer(call)).version ?? version + 1;
}

export async function restoreExpense({ id, version, reason }: Target): Promise<number> {
  const call = commandApi.POST('/api/v1/expenses/{id}/restore', {
    params: { path: { id }, header: ifMatch(version) },
    ...(reason ? { body: { reason } } : {}),
  });
  return (await answer(call)).version ?? version + 1;
}

/** Ids of expenses whose deletion has been sent: the list leaves them out at once. */
const leaving = createStore<ReadonlySet<string>>(new Set());

export function useLeaving(): ReadonlySet<string> {
  return useStore(leaving);
}

function mark(id: string, gone: boolean): void {
  leaving.set((before) => {
    const after = new Set(before);
    if (gone) after.add(id);
    else after.delete(id);
    return after;
  });
}

export function useAmendExpense() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: amendExpense, onSuccess: () => refreshEverything(queries) });
}

export function useDeleteExpense() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteExpense,
    onMutate: ({ id }) => mark(id, true),
    onSettled: async (_, __, { id }) => {
      await refreshEverything(queries);
      mark(id, false);
    },
  });
}

export function useRestoreExpense() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: restoreExpense,
    onMutate: ({ id }) => mark(id, false),
    onSuccess: (version, { id }) => {
      // what is cached is right but for its version: whoever is quick must not be told of somebody faster
      queries.setQueryData<Expense>(expenseKeys.one(id), (cached) => cached && { ...cached, version });
    },
    onSettled: () => refreshEverything(queries),
  });
}

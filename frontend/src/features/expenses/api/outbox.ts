import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, commandApi } from '@/api/client';
import { Problem, type ProblemBody } from '@/api/problem';
import { refreshEverything } from '@/api/query-client';
import type { ExpenseContent } from '@/api/types';
import { readJson, writeJson } from '@/lib/storage';
import { createStore, useStore } from '@/lib/store';

/**
 * New expenses on their way to the server. Each has its id from the start, so sending it twice records it once,
 * and the outbox outlives a reload, a lost connection and an expired sign-in.
 */
export interface Outgoing {
  id: string;
  content: ExpenseContent;
  state: 'sending' | 'waiting' | 'refused' | 'recorded';
  problem?: ProblemBody & { status: number };
}

const RETRY_MS = 8_000;
const key = (account: string) => `met.outbox.${account}`;
const outbox = createStore<Outgoing[]>([]);
let account = '';

function change(next: (before: Outgoing[]) => Outgoing[]): void {
  outbox.set(next);
  const kept = outbox.get().filter((item) => item.state !== 'recorded');
  if (account) writeJson('local', key(account), kept.length ? kept : undefined);
}

function put(item: Outgoing): void {
  change((before) => [item, ...before.filter((other) => other.id !== item.id)]);
}

export function takeBack(id: string): void {
  change((before) => before.filter((item) => item.id !== id));
}

export function useOutbox(): Outgoing[] {
  return useStore(outbox);
}

interface Listeners {
  onRecorded: (item: Outgoing, version: number) => void;
  onRefused: (item: Outgoing, problem: Problem) => void;
}

export function useOutboxSender(accountId: string, { onRecorded, onRefused }: Listeners) {
  const queries = useQueryClient();

  async function send(item: Outgoing): Promise<void> {
    put({ ...item, state: 'sending', problem: undefined });
    try {
      const { version = 0 } = await answer(
        commandApi.POST('/api/v1/expenses', { body: { id: item.id, ...item.content } }),
      );
      put({ ...item, state: 'recorded' });
      onRecorded(item, version);
      await refreshEverything(queries);
      takeBack(item.id);
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({}, 0);
      if (problem.passing || problem.status === 401) {
        put({ ...item, state: 'waiting' });
        return;
      }
      const { type, title, status, detail, errors } = problem;
      put({ ...item, state: 'refused', problem: { type, title, status, detail, errors } });
      onRefused(item, problem);
    }
  }

  function retry(): void {
    for (const item of outbox.get()) if (item.state === 'waiting') void send(item);
  }

  useEffect(() => {
    if (!accountId || account === accountId) return;
    account = accountId;
    const left = readJson<Outgoing[]>('local', key(accountId)) ?? [];
    outbox.set(left.map((item) => (item.state === 'refused' ? item : { ...item, state: 'waiting' })));
    retry();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per account
  }, [accountId]);

  useEffect(() => {
    const timer = setInterval(retry, RETRY_MS);
    window.addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', retry);
    };
  });

  return { send: (id: string, content: ExpenseContent) => send({ id, content, state: 'sending' }) };
}

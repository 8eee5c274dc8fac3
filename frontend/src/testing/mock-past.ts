import { firstDay, isDay, lastDay } from '@/lib/dates';
import { compareInstants, readInstant } from '@/lib/instants';
import { negate, sum, totalsOf, type Total } from '@/lib/money';
import type { AsOf, AuditEvent, Category, Expense, ExpenseChange, ExpenseStep } from '@/api/types';
import { Refusal } from './refusal';

type Version<T> = { position: number; row: T };
type Owned = Category & { ownerId: string };
interface Happening {
  entry: AuditEvent;
  before?: Expense;
  after: Expense;
}

const latest = <T>(versions: Version<T>[] | undefined, position: number): T | undefined =>
  versions?.findLast((version) => version.position <= position)?.row;

function refuse(field: string, message: string, status = 400): never {
  throw new Refusal(status, 'validation', 'Some values cannot be accepted.', {
    errors: [{ field, message }],
  });
}

/** What the mocked API knows of the past: every version of every row, by the position that made it. */
export class MockPast {
  private readonly expenses = new Map<string, Version<Expense>[]>();
  private readonly categories = new Map<string, Version<Owned>[]>();
  private readonly happenings: Happening[] = [];

  constructor(private readonly log: readonly AuditEvent[]) {}

  noteExpense(entry: AuditEvent, row: Expense): void {
    const versions = this.expenses.get(row.id) ?? [];
    const after = structuredClone(row);
    this.happenings.push({ entry, before: versions.at(-1)?.row, after });
    versions.push({ position: entry.position, row: after });
    this.expenses.set(row.id, versions);
  }

  noteCategory(entry: AuditEvent, row: Owned): void {
    const versions = this.categories.get(row.id) ?? [];
    versions.push({ position: entry.position, row: structuredClone(row) });
    this.categories.set(row.id, versions);
  }

  /** The moment that a request asks for, as answers tell it; undefined for the present. */
  asked(query: URLSearchParams, name = 'asOf'): AsOf | undefined {
    const given = query.get(name);
    if (given === null) return undefined;
    const instant = readInstant(given) ?? refuse(name, 'must be a moment, like 2026-03-14T17:00:00Z');
    if (compareInstants(instant, new Date().toISOString()) > 0) refuse(name, 'lies in the future', 422);
    const last = this.log.findLast(({ at }) => compareInstants(at, instant) <= 0);
    return {
      instant: instant.endsWith('Z') ? instant : new Date(instant).toISOString(),
      position: last?.position ?? 0,
      ...(last ? { recordedAt: last.at } : {}),
    };
  }

  expensesAt(position: number): Expense[] {
    return [...this.expenses.values()].flatMap((versions) => latest(versions, position) ?? []);
  }

  expenseAt(id: string, position: number): Expense | undefined {
    return latest(this.expenses.get(id), position);
  }

  categoriesAt(position: number): Owned[] {
    return [...this.categories.values()].flatMap((versions) => latest(versions, position) ?? []);
  }

  categoryAt(id: string, position: number): Owned | undefined {
    return latest(this.categories.get(id), position);
  }

  /** What differs between two moments, among what lies in the period at either of them; the last change first. */
  changes(query: URLSearchParams, may: (ownerId: string) => boolean) {
    const now = {
      position: this.log.length,
      instant: new Date().toISOString(),
      recordedAt: this.log.at(-1)?.at,
    };
    const since = this.asked(query, 'since') ?? refuse('since', 'is needed');
    const until = this.asked(query, 'until') ?? now;
    if (compareInstants(since.instant, until.instant) > 0) refuse('since', 'is after until');
    const inside = this.period(query);
    const items: ExpenseChange[] = [];
    const before: Expense[] = [];
    const after: Expense[] = [];
    for (const [id, versions] of this.expenses) {
      if (!may(versions[0]!.row.ownerId)) continue;
      const was = alive(latest(versions, since.position));
      const is = alive(latest(versions, until.position));
      const wasIn = was !== undefined && inside(was);
      const isIn = is !== undefined && inside(is);
      if (wasIn) before.push(was);
      if (isIn) after.push(is);
      if ((!wasIn && !isIn) || contentOf(was) === contentOf(is)) continue;
      const { entry } = this.happenings.findLast(
        (it) => it.after.id === id && it.entry.position <= until.position,
      )!;
      items.push({
        id,
        kind: wasIn ? (isIn ? 'changed' : 'removed') : 'added',
        before: was ?? null,
        after: is ?? null,
        ...act(entry),
      });
    }
    items.sort((a, b) => b.position - a.position);
    const [was, is] = [totalsOf(before), totalsOf(after)];
    const of = (totals: Total[], currency: string) => {
      const { amount, count } = totals.find((total) => total.currency === currency) ?? {
        amount: '0',
        count: 0,
      };
      return { amount, count };
    };
    const totals = [...new Set([...was, ...is].map(({ currency }) => currency))].map((currency) => ({
      currency,
      before: of(was, currency),
      after: of(is, currency),
    }));
    return { since, until, totals, ...page(items, query, 50) };
  }

  /** Every event that touched the period, in order, with the totals after it. */
  steps(query: URLSearchParams, may: (ownerId: string) => boolean) {
    const inside = this.period(query);
    const totals = new Map<string, Total>();
    const count = ({ currency, amount }: Expense, by: 1 | -1) => {
      const before = totals.get(currency) ?? { currency, amount: '0', count: 0 };
      totals.set(currency, {
        currency,
        amount: sum([before.amount, by === 1 ? amount : negate(amount)]),
        count: before.count + by,
      });
    };
    const steps: ExpenseStep[] = [];
    for (const { entry, before, after } of this.happenings) {
      if (!may(after.ownerId)) continue;
      const was = before && inside(before) ? before : undefined;
      const is = inside(after) ? after : undefined;
      if (!was && !is) continue;
      if (was) count(was, -1);
      if (is) count(is, 1);
      steps.push({
        ...act(entry),
        event: entry.event,
        expenseId: after.id,
        before: alive(before) ?? null,
        after: alive(after) ?? null,
        totals: [...totals.values()].filter((total) => total.count > 0),
      });
    }
    return { total: steps.length, ...page(steps, query, 50) };
  }

  private period(query: URLSearchParams): (row: Expense) => boolean {
    const month = query.get('month');
    const from = month ? firstDay(month) : (query.get('from') ?? '0000-01-01');
    const to = month ? lastDay(month) : (query.get('to') ?? '9999-12-31');
    for (const [name, day] of [
      ['from', query.get('from')],
      ['to', query.get('to')],
    ] as const)
      if (day && !isDay(day)) refuse(name, 'must be a day, yyyy-MM-dd');
    if (from > to) refuse('from', 'is after to');
    return ({ spentOn, deletedAt }) => !deletedAt && spentOn >= from && spentOn <= to;
  }
}

const alive = (row: Expense | undefined): Expense | undefined => (row?.deletedAt ? undefined : row);

/** What somebody entered; what was changed and changed back is the same. */
function contentOf(row: Expense | undefined): string {
  return JSON.stringify(row, (key, value: unknown) =>
    ['version', 'amendedAt', 'recordedAt'].includes(key) ? undefined : value,
  );
}

function act({ position, at, actor, reason }: AuditEvent) {
  return { position, at, actorId: actor.id, ...(reason ? { reason } : {}) };
}

function page<T>(all: T[], query: URLSearchParams, usual: number): { items: T[]; nextCursor?: string } {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Math.min(200, Number(query.get('limit') ?? usual));
  return { items: all.slice(start, end), ...(end < all.length ? { nextCursor: String(end) } : {}) };
}

import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';
import { today, type Day } from './dates';
import { dayOfInstant, readInstant, type Instant } from './instants';
import { one } from './search-params';

/** Pages that can be read as they were; elsewhere `asOf` in an address means nothing. */
const PAGES: readonly string[] = ['/', '/expenses', '/reports', '/bin', '/categories', '/audit/figure'];

export interface Past {
  /** The moment that the page is about; undefined for now. */
  asOf?: Instant;
  /** What the address says where it is no moment. */
  unreadable?: string;
}

const NOW: Past = {};

export const canBePast = (path: string): boolean => PAGES.includes(path);

/** The page that is shown, while the next one may be on its way. */
function usePagePath(): string {
  return useRouterState({ select: ({ matches }): string => matches.at(-1)?.fullPath ?? '' });
}

/** What the address of the page says about the past. */
export function usePast(): Past {
  const path = usePagePath();
  const given = useRouterState({
    select: ({ matches }) => one((matches.at(-1)?.search as Record<string, unknown> | undefined)?.asOf),
  });
  if (!canBePast(path) || given === undefined) return NOW;
  const asOf = readInstant(given);
  return asOf ? { asOf } : { unreadable: given };
}

/** The moment of the past that every read of the page is about; undefined for now. */
export function useAsOf(): Instant | undefined {
  return usePast().asOf;
}

/** Today, or the day of the moment that the page is about. */
export function usePresentDay(): Day {
  const asOf = useAsOf();
  return asOf ? dayOfInstant(asOf) : today();
}

/** Goes to another moment, on the page where that can be, and otherwise on the list with what is open beside it. */
export function useTravel(): (asOf: Instant | undefined) => void {
  const navigate = useNavigate();
  const path = usePagePath();
  return useCallback(
    (asOf) =>
      void navigate({
        to: canBePast(path) ? '.' : '/expenses',
        search: (({ expense, pane, ...before }: Record<string, unknown>) => ({
          ...(canBePast(path) ? before : {}),
          expense,
          pane,
          asOf,
        })) as never,
        resetScroll: false,
      }),
    [navigate, path],
  );
}

/** Keeps what was shown while the next answer is on its way, unless that is about another moment: it would be wrong. */
export function keepWithin(asOf: Instant | undefined) {
  return <T>(before: T | undefined, query: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    query && query.queryKey.at(-1) === (asOf ?? null) ? before : undefined;
}

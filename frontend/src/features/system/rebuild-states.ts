import type { Rebuild, RebuildState } from '@/api/types';

/** What a rebuild goes through when all goes well, in order. */
const STEPS = [
  'requested',
  'copying',
  'indexing',
  'catching-up',
  'comparing',
  'swapping',
] as const satisfies readonly RebuildState[];

const FINISHED: readonly string[] = ['swapped', 'cancelled', 'failed'] satisfies RebuildState[];

export function isFinished(state: RebuildState): boolean {
  return FINISHED.includes(state);
}

/** At work by itself: neither finished nor held until somebody decides. */
export function isMoving(state: RebuildState): boolean {
  return !isFinished(state) && state !== 'differs';
}

/** The steps of this one: a first copy is compared with nothing. */
export function stepsOf({ initial }: Pick<Rebuild, 'initial'>): readonly (typeof STEPS)[number][] {
  return initial ? STEPS.filter((step) => step !== 'comparing') : STEPS;
}

/** Index of the step it is in; one that differs stands at the comparison. */
export function stepOf(rebuild: Pick<Rebuild, 'initial' | 'state'>): number {
  return stepsOf(rebuild).findIndex(
    (step) => step === (rebuild.state === 'differs' ? 'comparing' : rebuild.state),
  );
}

/** 0 to 1: how much of the log has been read. */
export function shareOf({ eventsDone, eventsTotal }: Rebuild): number {
  return eventsTotal > 0 ? Math.min(1, eventsDone / eventsTotal) : 0;
}

/** Those not finished in the order of their turn, the one at work first, and then what is over, newest first. */
export function inOrder(newestFirst: readonly Rebuild[]): { open: Rebuild[]; over: Rebuild[] } {
  const open = newestFirst.filter(({ state }) => !isFinished(state)).reverse();
  const waiting = (rebuild: Rebuild) => (rebuild.startedAt ? 0 : 1);
  return {
    open: open.sort((a, b) => waiting(a) - waiting(b)),
    over: newestFirst.filter(({ state }) => isFinished(state)),
  };
}

/** Seconds between two instants. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

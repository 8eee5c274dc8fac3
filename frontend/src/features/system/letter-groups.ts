import type { DeadLetter } from '@/api/types';

/** The parked events of one subject: they were parked together and are decided on together. */
export interface LetterGroup {
  subjectType: string;
  subjectId: string;
  letters: DeadLetter[];
  /** True once nobody waits for them any more. */
  discarded: boolean;
  /** The most often any of them was tried again. */
  retries: number;
}

export function groupsOf(oldestFirst: readonly DeadLetter[]): LetterGroup[] {
  const groups = new Map<string, DeadLetter[]>();
  for (const letter of oldestFirst) {
    const key = `${letter.subjectType} ${letter.subjectId}`;
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  }
  return [...groups.values()].map((letters) => ({
    subjectType: letters[0]!.subjectType,
    subjectId: letters[0]!.subjectId,
    letters,
    discarded: letters.every(({ discardedAt }) => discardedAt !== undefined),
    retries: Math.max(...letters.map(({ retries }) => retries)),
  }));
}

import { useCallback, useEffect, useState } from 'react';

/** Steps a second. */
export const SPEEDS = [1, 4, 20] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Player {
  /** How many steps have happened: from 0, before the first, to all of them. */
  at: number;
  playing: boolean;
  speed: Speed;
  setSpeed: (speed: Speed) => void;
  goTo: (at: number) => void;
  toggle: () => void;
}

interface Recording {
  total: number;
  /** Steps that are here already; it waits for the others. */
  loaded: number;
  start: number;
}

/** Steps through a recording; whoever takes a step by hand stops it. */
export function usePlayer({ total, loaded, start }: Recording): Player {
  const [at, setAt] = useState(start);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const over = at >= total;

  useEffect(() => {
    if (!playing || over || at >= loaded) return;
    const timer = setTimeout(() => setAt(at + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [playing, over, at, loaded, speed]);
  if (playing && over && total > 0) setPlaying(false);

  const goTo = useCallback(
    (next: number) => {
      setPlaying(false);
      setAt(Math.max(0, Math.min(total, next)));
    },
    [total],
  );
  const toggle = useCallback(() => {
    if (over) setAt(0);
    setPlaying((before) => !before);
  }, [over]);
  return { at, playing, speed, setSpeed, goTo, toggle };
}

/** Fields that a click or a key means for themselves. */
const OWN_KEYS =
  'input:not([type=range], [type=radio]), textarea, select, [role=combobox], [role=listbox], [role=dialog]';

/** Space plays, arrows step, Home and End go to the ends, anywhere on the page. */
export function usePlayerKeys({ at, goTo, toggle }: Player, total: number): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest(OWN_KEYS)) return;
      // the arrows choose among radio buttons, a chosen one has no use for the space
      if (target.matches('[type=radio]') && event.key !== ' ') return;
      const acts: Record<string, (() => void) | undefined> = {
        // a button that has the focus is what the space is for
        ' ': target.closest('button, a, summary') ? undefined : toggle,
        ArrowRight: () => goTo(at + 1),
        ArrowLeft: () => goTo(at - 1),
        Home: () => goTo(0),
        End: () => goTo(total),
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [at, total, goTo, toggle]);
}

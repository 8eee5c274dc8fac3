import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';

const HOLD_MS = 450;
/** Pixels: less is a tap that trembles. */
const STILL = 10;
/** Pixels: a swipe that goes this far means it. */
const FAR = 96;

interface Gestures {
  onHold?: () => void;
  onSwipe?: (to: 'left' | 'right') => void;
}

/** What a finger does with a row besides tapping it: hold, or swipe to one side. A mouse has other ways. */
export function useRowGestures({ onHold, onSwipe }: Gestures) {
  const [shift, setShift] = useState(0);
  const start = useRef<{ x: number; y: number; swiping: boolean }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const done = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  function end() {
    clearTimeout(timer.current);
    start.current = undefined;
    setShift(0);
  }

  return {
    shift,
    decided: Math.abs(shift) >= FAR,
    handlers: {
      onPointerDown(event: PointerEvent) {
        done.current = false;
        if (event.pointerType !== 'touch') return;
        start.current = { x: event.clientX, y: event.clientY, swiping: false };
        if (onHold)
          timer.current = setTimeout(() => {
            done.current = true;
            end();
            onHold();
          }, HOLD_MS);
      },
      onPointerMove(event: PointerEvent) {
        const from = start.current;
        if (!from) return;
        const dx = event.clientX - from.x;
        const dy = event.clientY - from.y;
        if (Math.hypot(dx, dy) > STILL) clearTimeout(timer.current);
        if (!onSwipe) return;
        if (!from.swiping && Math.abs(dx) > STILL && Math.abs(dx) > Math.abs(dy) * 1.5) {
          from.swiping = true;
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        if (from.swiping) setShift(dx);
      },
      onPointerUp() {
        const swiped = start.current?.swiping ? shift : 0;
        if (swiped) done.current = true;
        end();
        if (Math.abs(swiped) >= FAR) onSwipe?.(swiped < 0 ? 'left' : 'right');
      },
      onPointerCancel: end,
      onContextMenu(event: MouseEvent) {
        // the browser's own menu for a held link
        if (start.current || done.current) event.preventDefault();
      },
      onDragStart: (event: { preventDefault: () => void }) => event.preventDefault(),
    },
    /** Whether the click that follows belongs to a gesture that is over. */
    swallows(): boolean {
      const was = done.current;
      done.current = false;
      return was;
    },
  };
}

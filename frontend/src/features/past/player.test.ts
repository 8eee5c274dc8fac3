import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlayer, usePlayerKeys } from './player';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const player = (recording: { total: number; loaded: number; start?: number }) =>
  renderHook(
    (props) => {
      const it = usePlayer({ start: 0, ...props });
      usePlayerKeys(it, props.total);
      return it;
    },
    { initialProps: recording },
  );

/** Timers are set one after the other, each by what the one before rendered. */
function wait(ms: number): void {
  for (let passed = 0; passed < ms; passed += 10) act(() => void vi.advanceTimersByTime(10));
}

const press = (key: string, on: EventTarget = document.body) =>
  act(() => void on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

describe('the player', () => {
  it('takes a step a second, faster when told, and stops at the end', () => {
    const { result } = player({ total: 6, loaded: 6 });
    act(() => result.current.toggle());
    wait(2_000);
    expect(result.current.at).toBe(2);
    act(() => result.current.setSpeed(4));
    wait(500);
    expect(result.current.at).toBe(4);
    wait(2_000);
    expect(result.current).toMatchObject({ at: 6, playing: false });
  });

  it('begins anew when played from the end', () => {
    const { result } = player({ total: 3, loaded: 3, start: 3 });
    act(() => result.current.toggle());
    expect(result.current).toMatchObject({ at: 0, playing: true });
    wait(1_000);
    expect(result.current.at).toBe(1);
  });

  it('waits for steps that are not here yet, and goes on with them', () => {
    const { result, rerender } = player({ total: 10, loaded: 2 });
    act(() => result.current.toggle());
    wait(5_000);
    expect(result.current).toMatchObject({ at: 2, playing: true });
    rerender({ total: 10, loaded: 10 });
    wait(1_000);
    expect(result.current.at).toBe(3);
  });

  it('is stopped by a step that is taken by hand', () => {
    const { result } = player({ total: 10, loaded: 10 });
    act(() => result.current.toggle());
    act(() => result.current.goTo(7));
    wait(3_000);
    expect(result.current).toMatchObject({ at: 7, playing: false });
    act(() => result.current.goTo(99));
    expect(result.current.at).toBe(10);
  });

  it('obeys the keyboard anywhere but in fields and on buttons', () => {
    const { result } = player({ total: 10, loaded: 10 });
    press('ArrowRight');
    press('ArrowRight');
    press('ArrowLeft');
    expect(result.current.at).toBe(1);
    press('End');
    expect(result.current.at).toBe(10);
    press('Home');
    expect(result.current.at).toBe(0);
    press(' ');
    expect(result.current.playing).toBe(true);
    const [field, button] = [document.createElement('input'), document.createElement('button')];
    document.body.append(field, button);
    press('End', field);
    press(' ', button);
    expect(result.current).toMatchObject({ at: 0, playing: true });
    press('ArrowRight', button);
    expect(result.current.at).toBe(1);
  });
});

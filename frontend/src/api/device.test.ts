import { afterEach, describe, expect, it, vi } from 'vitest';
import { hiddenDevice } from './device';

const IPAD =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15';
const LINUX =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

function on(userAgent: string, maxTouchPoints: number, screen: [number, number], finger: boolean) {
  vi.stubGlobal('navigator', { userAgent, maxTouchPoints });
  vi.stubGlobal('screen', { width: screen[0], height: screen[1] });
  vi.stubGlobal('matchMedia', () => ({ matches: finger }));
  return hiddenDevice();
}

describe('the device behind the name', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['an iPad', IPAD, 5, [820, 1180], true, 'tablet'],
    ['an iPad with a trackpad', IPAD, 5, [1180, 820], false, 'tablet'],
    ['an iPhone that asks for the desktop site', IPAD, 5, [390, 844], true, 'phone'],
    ['an Android tablet that asks for the desktop site', LINUX, 10, [800, 1280], true, 'tablet'],
    ['an Android phone that asks for the desktop site', LINUX, 5, [412, 915], true, 'phone'],
    ['a Windows tablet without its keyboard', WINDOWS, 10, [1440, 960], true, 'tablet'],
  ] as const)('is seen on %s', (_, userAgent, touches, screen, finger, device) => {
    expect(on(userAgent, touches, [...screen], finger)).toBe(device);
  });

  it.each([
    ['a Macintosh', IPAD, 0, [1440, 900], false],
    ['a Linux computer', LINUX, 0, [1920, 1080], false],
    ['a laptop with a touch screen', WINDOWS, 10, [1536, 864], false],
    ['an Android tablet, whose name says so', ANDROID, 5, [800, 1280], true],
    ['something else', 'somebody', 5, [800, 1280], true],
  ] as const)('is nothing to speak of on %s', (_, userAgent, touches, screen, finger) => {
    expect(on(userAgent, touches, [...screen], finger)).toBeUndefined();
  });
});

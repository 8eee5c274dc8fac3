import type { Device } from './types';

/** CSS pixels that the shorter side of a tablet's screen has at least: large phones have 440, the smallest iPad 744. */
const TABLET_FROM = 600;

/**
 * The kind of device, where the browser's own name hides it: an iPad calls itself a Macintosh, and whatever asks for
 * pages as a computer would, a computer. Nothing where the name may be believed; the server reads that.
 */
export function hiddenDevice(): Device | undefined {
  const { userAgent, maxTouchPoints } = navigator;
  const [, platform] = /^Mozilla\/5\.0 \((Macintosh|X11|Windows NT)/.exec(userAgent) ?? [];
  if (!platform || !(maxTouchPoints > 1)) return undefined;
  // no Macintosh can be touched; other computers can, but have something better to point with
  if (platform !== 'Macintosh' && !window.matchMedia('(hover: none) and (pointer: coarse)').matches)
    return undefined;
  return Math.min(window.screen.width, window.screen.height) < TABLET_FROM ? 'phone' : 'tablet';
}

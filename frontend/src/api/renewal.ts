import { reload } from '@/lib/reload';
import { readJson, writeJson } from '@/lib/storage';
import { holdsTyped } from '@/lib/typed';

/**
 * What became of a page that lacks some of its code: it is being loaded anew, the server cannot be reached, or somebody has
 * to say that it may be loaded anew.
 */
export type Renewal =
  { state: 'renewing' } | { state: 'unreachable' } | { state: 'asking'; newer: boolean; typed: boolean };

const RENEWED = 'met.renewed';
const WAIT_MS = 10_000;

/** The build of a page, by the address of its first script, which is another one for every build. */
function buildOf(page: Document): string | undefined {
  return page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? undefined;
}

/** What the server hands out now; undefined where nothing, or no page of ours, is answered. */
async function servedBuild(): Promise<string | undefined> {
  if (!navigator.onLine) return undefined;
  try {
    const response = await fetch(new URL('/', window.location.origin), {
      cache: 'no-store',
      headers: { Accept: 'text/html' },
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (!response.ok) return undefined;
    return buildOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch {
    // no network, or nobody there
    return undefined;
  }
}

async function attempt(): Promise<Renewal> {
  const served = await servedBuild();
  if (!served) return { state: 'unreachable' };
  const own = buildOf(document);
  const typed = holdsTyped();
  // from one build to another only once, so that servers of different builds cannot send a page to and fro
  const step = `${own} > ${served}`;
  const taken = readJson<string[]>('session', RENEWED) ?? [];
  if (!typed && !taken.includes(step)) {
    writeJson('session', RENEWED, [...taken, step]);
    if (readJson<string[]>('session', RENEWED)?.includes(step)) {
      reload();
      return { state: 'renewing' };
    }
  }
  return { state: 'asking', newer: served !== own, typed };
}

let running: Promise<Renewal> | undefined;

/**
 * For a page whose code is not to be had: after an upgrade the files of the build before are gone. Loads it anew, once and
 * only if the server is there and nothing typed is lost.
 */
export function renew(): Promise<Renewal> {
  running ??= attempt().finally(() => (running = undefined));
  return running;
}

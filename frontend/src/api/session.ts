import { createStore } from '@/lib/store';

/**
 * unknown: nobody asked yet · in: signed in · expired: was signed in, the page stays as it is and asks
 * to sign in again · out: signed out.
 */
export type SessionState = 'unknown' | 'in' | 'expired' | 'out';

export const session = createStore<SessionState>('unknown');

/** Resolves to true once the person has signed in again, to false when they gave up. */
export function signedInAgain(): Promise<boolean> {
  if (session.get() === 'in') session.set('expired');
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      if (session.get() === 'expired') return;
      stop();
      resolve(session.get() === 'in');
    });
  });
}

/** The readable half of the double-submit cookie; `__Host-` under TLS. */
export function csrfToken(): string | undefined {
  const match = /(?:^|;\s*)(?:__Host-)?met_csrf=([^;]+)/.exec(document.cookie);
  return match?.[1] ? decodeURIComponent(match[1]) : undefined;
}

import { readJson, writeJson } from '@/lib/storage';

/**
 * Tokens of this tab's latest commands. A read that carries them sees at least those writes.
 * They are opaque, so the newest few travel together: commands may answer out of order.
 */
const KEY = 'met.consistency';
const KEPT = 3;

let tokens: string[] = readJson<string[]>('session', KEY) ?? [];

export function rememberToken(token: string | null): void {
  if (!token || tokens.includes(token)) return;
  tokens = [...tokens, token].slice(-KEPT);
  writeJson('session', KEY, tokens);
}

export function consistencyHeader(): string | undefined {
  return tokens.length ? tokens.join(',') : undefined;
}

export function forgetTokens(): void {
  tokens = [];
  writeJson('session', KEY, undefined);
}

import { useRef } from 'react';
import { uuid7 } from '@/lib/uuid7';

/**
 * A name for what is sent: the same content again has the same name, so that a request whose answer was lost does
 * nothing twice, and other content has another one.
 */
export function useAttempts() {
  const names = useRef(new Map<string, string>());
  return {
    nameOf(content: unknown): string {
      const key = JSON.stringify(content);
      const name = names.current.get(key) ?? uuid7();
      names.current.set(key, name);
      return name;
    },
    /** After it worked, the same words are a new wish. */
    forget: () => names.current.clear(),
  };
}

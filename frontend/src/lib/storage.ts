/** Web storage that never throws: it may be full, forbidden or hold something older than this code. */
export function readJson<T>(storage: 'local' | 'session', key: string): T | undefined {
  try {
    const text = area(storage).getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function writeJson(storage: 'local' | 'session', key: string, value: unknown): void {
  try {
    if (value === undefined) area(storage).removeItem(key);
    else area(storage).setItem(key, JSON.stringify(value));
  } catch {
    // without storage the value lives as long as the page
  }
}

function area(storage: 'local' | 'session'): Storage {
  return storage === 'local' ? localStorage : sessionStorage;
}

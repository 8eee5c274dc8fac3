/** The URL's search as plain text values; a repeated key is a list. Keeps addresses short and readable. */
export type Search = Record<string, string | string[]>;

export function parseSearch(text: string): Search {
  const search: Search = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const before = search[key];
    search[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return search;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '' && one !== false) params.append(key, String(one));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

export function one(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === null || first === '' ? undefined : String(first);
}

export function many(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value])
    .filter((v) => v !== undefined && v !== '')
    .map(String);
  return list.length ? list : undefined;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  const text = one(value);
  return allowed.find((candidate) => candidate === text);
}

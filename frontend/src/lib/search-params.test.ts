import { expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params';

it('keeps lists as repeated keys and leaves out what is empty', () => {
  const text = stringifySearch({ mealType: ['lunch', 'dinner'], q: 'café & co', from: undefined, tag: [] });
  expect(text).toBe('?mealType=lunch&mealType=dinner&q=caf%C3%A9+%26+co');
  expect(parseSearch(text.slice(1))).toEqual({ mealType: ['lunch', 'dinner'], q: 'café & co' });
});

/** The reader's locale: numbers and dates follow it, whatever the language of the words. */
export function locale(): string {
  return (typeof navigator !== 'undefined' && navigator.language) || 'en';
}

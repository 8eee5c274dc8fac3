import { locale } from './locale';

/** A decimal amount as the API writes it, in major units: "12.50", "-3". It stays text until it is shown. */
export type Amount = string;

const MINUS = '\u2212';

/** Digits after the point of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function fractionDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

function formatter(currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale(), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...options,
    });
  } catch {
    return new Intl.NumberFormat(locale(), options);
  }
}

function withRealMinus(text: string): string {
  return text.replace(/-/g, MINUS);
}

/** "€12.50" the way this reader's locale writes it, with a real minus. */
export function formatMoney(
  amount: Amount | number,
  currency: string,
  options: Intl.NumberFormatOptions = {},
): string {
  return withRealMinus(formatter(currency, options).format(amount as never));
}

/** Short form for axes and labels: "€1.2K", or "€312" without the cents. */
export function formatMoneyShort(amount: number, currency: string): string {
  const options: Intl.NumberFormatOptions =
    Math.abs(amount) >= 10_000
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : { maximumFractionDigits: 0 };
  return withRealMinus(formatter(currency, options).format(amount));
}

/** The symbol alone: "€", "¥", "CHF". */
export function currencySymbol(currency: string): string {
  return (
    formatter(currency, {})
      .formatToParts(0)
      .find((part) => part.type === 'currency')?.value ?? currency
  );
}

export function isNegative(amount: Amount): boolean {
  return amount.startsWith('-');
}

function scaled(amount: Amount): { units: bigint; scale: number } {
  const negative = isNegative(amount);
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction);
  return { units: negative ? -units : units, scale: fraction.length };
}

/** Exact sum of decimal texts. */
export function sum(amounts: Amount[]): Amount {
  const parts = amounts.map(scaled);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  const total = parts.reduce((acc, part) => acc + part.units * 10n ** BigInt(scale - part.scale), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return total < 0n ? `-${text}` : text;
}

export function negate(amount: Amount): Amount {
  return isNegative(amount) ? amount.slice(1) : `-${amount}`;
}

export interface Total {
  currency: string;
  amount: Amount;
  count: number;
}

/** Adds expenses up, one total per currency, in the order in which currencies first appear. */
export function totalsOf(items: { currency: string; amount: Amount }[]): Total[] {
  const byCurrency = new Map<string, Amount[]>();
  for (const item of items)
    byCurrency.set(item.currency, [...(byCurrency.get(item.currency) ?? []), item.amount]);
  return [...byCurrency].map(([currency, amounts]) => ({
    currency,
    amount: sum(amounts),
    count: amounts.length,
  }));
}

/**
 * What a person typed, as the API wants it, or undefined when it is not an amount.
 * Accepts a decimal comma or point, group separators, spaces, and either minus.
 */
export function parseAmount(typed: string): Amount | undefined {
  const text = typed
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(MINUS, '-');
  const match = /^(-?)(\d[\d.,]*|[.,]\d+)$/.exec(text);
  if (!match) return undefined;
  const [, sign, body = ''] = match;
  const lastMark = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  const marks = body.match(/[.,]/g) ?? [];
  const sameMark = new Set(marks).size === 1;
  const groupsOnly = marks.length > 1 && sameMark && body.length - lastMark === 4;
  if (marks.length > 1 && sameMark && !groupsOnly) return undefined;
  const whole = (lastMark < 0 || groupsOnly ? body : body.slice(0, lastMark)).replace(/[.,]/g, '');
  const fraction = lastMark < 0 || groupsOnly ? '' : body.slice(lastMark + 1);
  const plain = (whole.replace(/^0+(?=\d)/, '') || '0') + (fraction ? `.${fraction}` : '');
  return sign + plain;
}

/** Circulating currencies first met in this browser's own list, the account's own one on top. */
export function currencies(first: string): string[] {
  const known =
    typeof Intl.supportedValuesOf === 'function'
      ? Intl.supportedValuesOf('currency')
      : ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD'];
  const common = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'];
  return [...new Set([first, ...common, ...known])];
}

export function currencyName(code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'currency' }).of(code) ?? code;
  } catch {
    return code;
  }
}

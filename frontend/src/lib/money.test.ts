import { describe, expect, it } from 'vitest';
import { formatMoney, fractionDigits, negate, parseAmount, sum, totalsOf } from './money';

describe('amounts', () => {
  it.each([
    ['12.50', '12.50'],
    ['12,50', '12.50'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1,234,567', '1234567'],
    ['.5', '0.5'],
    ['007', '7'],
    ['−3', '-3'],
    [' 1 284 300 ', '1284300'],
  ])('reads %s as %s', (typed, amount) => expect(parseAmount(typed)).toBe(amount));

  it.each(['', 'abc', '1.2.3', '1e5', '12.50 €', '--1'])('does not read %s', (typed) =>
    expect(parseAmount(typed)).toBeUndefined(),
  );

  it('adds exactly', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum(['12.50', '-76.89'])).toBe('-64.39');
    expect(sum(['999999999999.99', '0.01'])).toBe('1000000000000.00');
    expect(sum([])).toBe('0');
  });

  it('never adds two currencies', () => {
    const items = [
      { currency: 'EUR', amount: '1.10' },
      { currency: 'JPY', amount: '300' },
      { currency: 'EUR', amount: '2.20' },
    ];
    expect(totalsOf(items)).toEqual([
      { currency: 'EUR', amount: '3.30', count: 2 },
      { currency: 'JPY', amount: '300', count: 1 },
    ]);
  });

  it('writes a real minus and keeps every digit', () => {
    expect(formatMoney('-76.89', 'EUR')).toBe('−€76.89');
    expect(formatMoney('1284300', 'JPY')).toBe('¥1,284,300');
    expect(formatMoney('123456789012.34', 'EUR')).toBe('€123,456,789,012.34');
  });

  it('knows the digits of a currency', () => {
    expect([fractionDigits('EUR'), fractionDigits('JPY'), fractionDigits('KWD')]).toEqual([2, 0, 3]);
    expect(negate(negate('5.00'))).toBe('5.00');
  });
});

import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { usePresentDay } from '@/lib/as-of';
import { firstDay, formatMonth, lastDay, monthOf, type Month } from '@/lib/dates';
import { formatMoney, formatMoneyShort } from '@/lib/money';
import classes from './month-bars.module.css';

interface Props {
  months: { month: Month; amount: string }[];
  currency: string;
  /** Added to the list's filter when a bar is opened. */
  search?: Record<string, unknown>;
}

const HEIGHT = 148;

/** A bar per month from zero; each opens that month's expenses. */
export function MonthBars({ months, currency, search = {} }: Props) {
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (strip.current) strip.current.scrollLeft = strip.current.scrollWidth;
  }, [months.length]);
  const largest = Math.max(0.01, ...months.map(({ amount }) => Number(amount)));
  const now = monthOf(usePresentDay());
  return (
    <ul className={classes.strip} ref={strip}>
      {months.map(({ month, amount }) => {
        const value = Number(amount);
        return (
          <li key={month} className={classes.item}>
            <Link
              to="/expenses"
              search={{ ...search, currency, from: firstDay(month), to: lastDay(month) } as never}
              className={classes.column}
              data-now={month === now || undefined}
              aria-label={`${formatMonth(month)}: ${formatMoney(amount, currency)}`}
            >
              <span className={classes.plot} style={{ height: HEIGHT + 22 }}>
                <span className={`${classes.value} num`}>
                  {value === 0 ? '–' : formatMoneyShort(value, currency)}
                </span>
                <span
                  className={classes.bar}
                  style={{ height: Math.max(2, (Math.max(0, value) / largest) * HEIGHT) }}
                />
              </span>
              <span className={classes.label}>{formatMonth(month, { month: 'short' })}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

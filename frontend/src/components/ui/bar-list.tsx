import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { categoryStyle } from './category-icon';
import classes from './bar-list.module.css';

export interface Bar {
  key: string;
  label: string;
  /** Spoken and printed value. */
  value: string;
  size: number;
  note?: string;
  colour?: string | null;
  icon?: ReactNode;
  /** The expenses behind the number. */
  search: Record<string, unknown>;
}

/** Bars from zero, largest first, each a way to the expenses behind it. */
export function BarList({ bars }: { bars: Bar[] }) {
  const largest = Math.max(0, ...bars.map((bar) => bar.size));
  return (
    <ul className={classes.list}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <Link
            to="/expenses"
            search={bar.search as never}
            className={classes.bar}
            style={categoryStyle(bar.colour)}
          >
            {bar.icon}
            <span className={classes.body}>
              <span className={classes.line}>
                <span className={classes.label}>{bar.label}</span>
                {bar.note && <span className={classes.note}>{bar.note}</span>}
                <span className={`${classes.value} num`}>{bar.value}</span>
              </span>
              <span className={classes.track}>
                <span
                  className={classes.fill}
                  style={{ width: `${largest > 0 ? Math.max(0, (bar.size / largest) * 100) : 0}%` }}
                />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

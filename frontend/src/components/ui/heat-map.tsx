import type { CSSProperties, ReactNode } from 'react';
import classes from './heat-map.module.css';

export interface HeatCell {
  key: string;
  /** From 0 to the largest of all; what is not above zero stays empty. */
  size: number;
  /** In the cell where there is room for it. */
  short: string;
  /** In full, for who hovers or listens. */
  full: string;
}

interface Props {
  caption: string;
  columns: { key: string; short: string; full: string }[];
  rows: { key: string; label: ReactNode; cells: HeatCell[] }[];
}

/** Percent of the accent: beyond it the figures in the cell were hard to read. */
const DARKEST = 48;

/** A table whose cells are darker where there is more. */
export function HeatMap({ caption, columns, rows }: Props) {
  const largest = Math.max(1, ...rows.flatMap((row) => row.cells.map((cell) => cell.size)));
  return (
    <table className={classes.map}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column.key} scope="col" abbr={column.full}>
              {column.short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {row.cells.map((cell) => {
              const heat = Math.max(0, cell.size) / largest;
              return (
                <td
                  key={cell.key}
                  title={cell.full}
                  className={`${classes.cell} num`}
                  style={{ '--heat': `${Math.round(heat > 0 ? 6 + heat * DARKEST : 0)}%` } as CSSProperties}
                >
                  <span aria-hidden>{cell.size > 0 ? cell.short : ''}</span>
                  <span className="sr">{cell.full}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

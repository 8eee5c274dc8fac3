import { Button, Skeleton } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './states';
import classes from './figure-card.module.css';

export interface FigureTable {
  head: string[];
  rows: { key: string; cells: ReactNode[] }[];
}

interface Props {
  /** States the finding. */
  title: string;
  /** Unit and period. */
  lead: string;
  table?: FigureTable;
  children: ReactNode;
  pending?: boolean;
  error?: unknown;
  onRetry?: () => void;
  height?: number;
  className?: string;
}

/** A picture with its finding as the title, and the same numbers as a table for whoever prefers them. */
export function FigureCard({
  title,
  lead,
  table,
  children,
  pending,
  error,
  onRetry,
  height = 220,
  className,
}: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const ready = !pending && !error;
  return (
    <section className={[classes.card, className].filter(Boolean).join(' ')} aria-busy={pending}>
      <header className={classes.header}>
        <div className={classes.words}>
          {pending && <Skeleton height={18} width={220} my={4} />}
          {ready && <h2 className={classes.title}>{title}</h2>}
          <p className={classes.lead}>{lead}</p>
        </div>
        {table && ready && (
          <Button
            className={`${classes.button} no-print`}
            variant="subtle"
            color="gray"
            size="compact-sm"
            h={44}
            px={10}
            aria-label={asTable ? t('figure.asChart') : t('figure.asTable')}
            leftSection={asTable ? <IconChartBar size={16} /> : <IconTable size={16} />}
            onClick={() => setAsTable(!asTable)}
          >
            <span className={classes.toggle}>{asTable ? t('figure.asChart') : t('figure.asTable')}</span>
          </Button>
        )}
      </header>
      {error ? (
        <ErrorState error={error} onRetry={onRetry} />
      ) : pending ? (
        <Skeleton height={height} radius="md" />
      ) : asTable && table ? (
        <DataTable table={table} caption={title} />
      ) : (
        <div style={{ minHeight: height }}>{children}</div>
      )}
    </section>
  );
}

/** First column names the row, the others are numbers. */
export function DataTable({ table, caption }: { table: FigureTable; caption: string }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={classes.table}>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {table.head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, i) =>
                i === 0 ? (
                  <th key={i} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={i} className="num">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

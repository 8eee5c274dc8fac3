import { IconCircleCheck, IconEqualNot } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '@/api/types';
import classes from './comparisons.module.css';

const rowsOf = ({ onlyLive, onlyRebuilt, different }: Comparison['tables'][number]) =>
  onlyLive + onlyRebuilt + different;

/** What the comparison of the two copies said of each read model: counts and examples, never contents. */
export function Comparisons({ comparisons }: { comparisons: readonly Comparison[] }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat();
  return (
    <ul className={classes.list}>
      {[...comparisons]
        .sort((a, b) => Number(a.equal) - Number(b.equal))
        .map((comparison) => {
          const differing = comparison.tables.filter((table) => rowsOf(table) > 0);
          const count = differing.reduce((all, table) => all + rowsOf(table), 0);
          return (
            <li key={comparison.projection} className={classes.comparison}>
              <p className={classes.name} data-equal={comparison.equal || undefined}>
                {comparison.equal ? (
                  <IconCircleCheck size={19} stroke={1.8} aria-hidden />
                ) : (
                  <IconEqualNot size={19} stroke={1.8} aria-hidden />
                )}
                <strong>{comparison.projection}</strong>
                <span>
                  {comparison.equal
                    ? t('rebuild.equal')
                    : count > 0
                      ? t('rebuild.differences', { count, formatted: number.format(count) })
                      : t('rebuild.differ')}
                </span>
              </p>
              <dl className={classes.proof}>
                <div>
                  <dt>{t('rebuild.position')}</dt>{' '}
                  <dd className="num">{number.format(comparison.position)}</dd>
                </div>
                <div>
                  <dt>{t('rebuild.rowsTitle')}</dt> <dd className="num">{number.format(comparison.rows)}</dd>
                </div>
                <div>
                  <dt>{t('rebuild.checksum')}</dt> <dd className={classes.code}>{comparison.checksum}</dd>
                </div>
              </dl>
              {differing.map((table) => (
                <Difference key={table.table} table={table} />
              ))}
            </li>
          );
        })}
    </ul>
  );
}

function Difference({ table }: { table: Comparison['tables'][number] }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat();
  const counts = [
    [t('rebuild.different'), table.different],
    [t('rebuild.onlyLive'), table.onlyLive],
    [t('rebuild.onlyRebuilt'), table.onlyRebuilt],
  ] as const;
  return (
    <section className={classes.table} aria-label={`${t('rebuild.table')} ${table.table}`}>
      <h5 className={classes.tableName}>
        <span className={classes.quiet}>{t('rebuild.table')}</span> <code>{table.table}</code>
      </h5>
      <dl className={classes.counts}>
        {counts.map(([name, count]) => (
          <div key={name} data-none={count === 0 || undefined}>
            <dt>{name}</dt>
            <dd className="num">{number.format(count)}</dd>
          </div>
        ))}
      </dl>
      {table.examples.length > 0 && (
        <>
          <p className={classes.examplesTitle}>
            {t('rebuild.examples')} <span className={classes.quiet}>{t('rebuild.examplesNote')}</span>
          </p>
          <ul className={classes.examples}>
            {table.examples.map((example) => (
              <li key={JSON.stringify(example)}>
                <span className={classes.side}>
                  {example.side === 'both' && example.columns.length > 0
                    ? t('rebuild.differsIn', { columns: example.columns.join(', ') })
                    : t(`rebuild.side.${example.side}`)}
                </span>
                <code className={classes.key}>
                  {Object.entries(example.key).map(([column, value], i) => (
                    <Fragment key={column}>
                      {i > 0 && ' '}
                      <span className={classes.pair}>
                        <span className={classes.column}>{column}</span>&#8202;=&#8202;{value}
                      </span>
                    </Fragment>
                  ))}
                </code>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

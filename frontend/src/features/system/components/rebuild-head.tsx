import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import type { Rebuild } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import { RebuildStateBadge } from './rebuild-state';
import classes from './rebuild-head.module.css';

/** What is or was rebuilt, who asked for it, and why. */
export function RebuildHead({ rebuild }: { rebuild: Rebuild }) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const who = accounts.get(rebuild.requestedBy)?.displayName ?? t('history.someone');
  const when = formatInstant(rebuild.requestedAt);
  const firstCopy = rebuild.finishedAt ? 'rebuild.firstReason' : 'rebuild.firstUnderWay';
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <h3 className={classes.names}>
          {rebuild.projections.map((name, i) => (
            <Fragment key={name}>
              {i > 0 && ', '}
              <span className={classes.name}>{name}</span>
            </Fragment>
          ))}
        </h3>
        <p className={classes.who}>
          {rebuild.initial ? t('rebuild.firstCopy', { when }) : t('rebuild.requestedBy', { who, when })}
        </p>
        <p className={classes.reason}>{rebuild.initial ? t(firstCopy) : `“${rebuild.reason}”`}</p>
      </div>
      <RebuildStateBadge state={rebuild.state} />
    </header>
  );
}

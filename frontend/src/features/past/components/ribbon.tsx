import { Button } from '@mantine/core';
import { IconArrowsDiff, IconClockEdit, IconHistory } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbilities } from '@/api/me';
import { usePast, useTravel } from '@/lib/as-of';
import { firstDay, isDay, lastDay, monthOf } from '@/lib/dates';
import { compareInstants, dayOfInstant, formatMoment, instantOf } from '@/lib/instants';
import { one } from '@/lib/search-params';
import classes from './ribbon.module.css';

/** Across the top of everything that is read as it was: when that is, and the way back. */
export function Ribbon({ onChange }: { onChange: () => void }) {
  const { t } = useTranslation();
  const { asOf, unreadable } = usePast();
  const { read } = useAbilities();
  const travel = useTravel();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const shown = Boolean(asOf ?? unreadable) && read;

  useLayoutEffect(() => {
    if (!shown) return;
    document.documentElement.dataset.past = 'shown';
    return () => void delete document.documentElement.dataset.past;
  }, [shown]);

  if (!shown) return null;
  const month = asOf && monthOf(dayOfInstant(asOf));
  const from = isDay(one(search.from)) ? one(search.from) : month && firstDay(month);
  const to = isDay(one(search.to)) ? one(search.to) : month && lastDay(month);
  const ownerId = one(search.ownerId);
  return (
    <section className={classes.ribbon} aria-label={t('asOf.ribbon')}>
      <IconHistory size={22} stroke={1.9} aria-hidden className={classes.icon} />
      <p className={classes.words} role="status">
        {asOf ? (
          <>
            <span className={classes.label}>{t('asOf.label')}</span>{' '}
            <time dateTime={asOf} className={classes.moment} title={asOf}>
              <span className={classes.long}>{formatMoment(asOf)}</span>
              <span className={classes.short}>{formatMoment(asOf, 'short')}</span>
            </time>
            <span className={classes.note}>{t('asOf.note')}</span>
          </>
        ) : (
          <span className={classes.moment}>{t('asOf.unreadableShort')}</span>
        )}
      </p>
      <div className={`${classes.actions} no-print`}>
        {asOf && compareInstants(asOf, instantOf(new Date())) < 0 && (
          <Button
            component={Link}
            to="/changes"
            search={{ since: asOf, from, to, ownerId } as never}
            className={classes.action}
            leftSection={<IconArrowsDiff size={18} />}
            aria-label={t('asOf.changedSince')}
            title={t('asOf.changedSince')}
          >
            <span className={classes.wide}>{t('asOf.changedSince')}</span>
          </Button>
        )}
        <Button
          className={classes.action}
          leftSection={<IconClockEdit size={18} />}
          aria-label={t('asOf.change')}
          aria-haspopup="dialog"
          onClick={onChange}
        >
          <span className={classes.medium}>{t('asOf.change')}</span>
        </Button>
        <Button className={classes.back} onClick={() => travel(undefined)}>
          {t('asOf.backToNow')}
        </Button>
      </div>
    </section>
  );
}

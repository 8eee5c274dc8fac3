import { UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rebuild } from '@/api/types';
import { useDuration } from '../durations';
import { secondsBetween } from '../rebuild-states';
import { Comparisons } from './comparisons';
import { Decisions } from './decisions';
import { RebuildHead } from './rebuild-head';
import classes from './finished-rebuild.module.css';

/** One that is over: how it ended, how long it took, and the comparison as proof. */
export function FinishedRebuild({ rebuild }: { rebuild: Rebuild }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const panel = useId();
  const [open, setOpen] = useState(false);
  const number = new Intl.NumberFormat();
  const { startedAt, finishedAt, comparisons, state } = rebuild;
  const unequal = comparisons.some(({ equal }) => !equal);
  const facts = [
    startedAt && finishedAt
      ? t('rebuild.took', { time: duration(secondsBetween(startedAt, finishedAt)) })
      : t('rebuild.neverStarted'),
    ...(rebuild.eventsDone > 0
      ? [
          t('rebuild.eventsRead', {
            count: rebuild.eventsDone,
            formatted: number.format(rebuild.eventsDone),
          }),
        ]
      : []),
    ...(comparisons[0]
      ? [t('rebuild.atPosition', { position: number.format(comparisons[0].position) })]
      : []),
    ...(state === 'swapped' && rebuild.generation !== undefined
      ? [`${t('system.generation')} ${rebuild.generation}`]
      : []),
  ];
  return (
    <li className={classes.card}>
      <RebuildHead rebuild={rebuild} />
      {state === 'swapped' && unequal && <p className={classes.note}>{t('rebuild.swappedDifferent')}</p>}
      {rebuild.error && <p className={classes.error}>{rebuild.error}</p>}
      <Decisions decisions={rebuild.decisions} />
      <p className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {comparisons.length > 0 ? (
        <>
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={open}
            aria-controls={panel}
            onClick={() => setOpen(!open)}
          >
            <IconChevronDown size={17} aria-hidden data-open={open || undefined} />
            {t('rebuild.proof')}
          </UnstyledButton>
          <div id={panel} hidden={!open}>
            <Comparisons comparisons={comparisons} />
          </div>
        </>
      ) : (
        state !== 'failed' && (
          <p className={classes.none}>
            {t(rebuild.initial ? 'rebuild.nothingToCompare' : 'rebuild.noComparison')}
          </p>
        )
      )}
    </li>
  );
}

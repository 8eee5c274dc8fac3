import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rebuild } from '@/api/types';
import { useOpenRebuild } from '../api/rebuilds';
import { useDuration } from '../durations';
import { isFinished, isMoving, shareOf } from '../rebuild-states';
import { Comparisons } from './comparisons';
import { Decisions } from './decisions';
import { RebuildHead } from './rebuild-head';
import { RebuildSteps } from './rebuild-steps';
import type { Decision } from './rebuilds-page';
import { StaleNote } from './stale-note';
import classes from './open-rebuild.module.css';

interface Props {
  known: Rebuild;
  /** With the position of the comparison that was looked at. */
  onDecide: (decision: Decision, comparedAt: number) => void;
}

/** One that is not over: how far it is, or what has to be decided. */
export function OpenRebuild({ known, onDecide }: Props) {
  const { t } = useTranslation();
  const query = useOpenRebuild(known);
  const rebuild = query.data;
  return (
    <li className={classes.card} data-state={rebuild.state}>
      <RebuildHead rebuild={rebuild} />
      <StaleNote query={query} />
      <Announcement rebuild={rebuild} />
      <Decisions decisions={rebuild.decisions} />
      {rebuild.state === 'differs' ? (
        <Differs rebuild={rebuild} onDecide={onDecide} />
      ) : (
        <>
          {rebuild.startedAt ? (
            <>
              <Progress rebuild={rebuild} />
              <RebuildSteps rebuild={rebuild} />
            </>
          ) : (
            <p className={classes.waits}>{t('rebuild.step.requested')}</p>
          )}
          {rebuild.error && <p className={classes.error}>{rebuild.error}</p>}
          {!rebuild.initial && !isFinished(rebuild.state) && rebuild.state !== 'swapping' && (
            <div className={classes.actions}>
              <Button variant="default" onClick={() => onDecide('cancel', 0)}>
                {t('rebuild.cancel')}
              </Button>
            </div>
          )}
        </>
      )}
    </li>
  );
}

/** Says each new step and every quarter of the way, not every tick. */
function Announcement({ rebuild }: { rebuild: Rebuild }) {
  const { t } = useTranslation();
  const quarters = Math.floor(shareOf(rebuild) * 4) * 25;
  const state = t(`rebuild.state.${rebuild.state}`);
  return (
    <p className="sr" role="status">
      {rebuild.projections.join(', ')}:{' '}
      {rebuild.state === 'copying' && quarters > 0
        ? t('rebuild.announce', { state, percent: `${quarters} %` })
        : state}
    </p>
  );
}

function Progress({ rebuild }: { rebuild: Rebuild }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const number = new Intl.NumberFormat();
  const share = shareOf(rebuild);
  const percent = new Intl.NumberFormat(undefined, { style: 'percent' }).format(
    Math.floor(share * 100) / 100,
  );
  const events = t('rebuild.eventsOf', {
    done: number.format(rebuild.eventsDone),
    total: number.format(rebuild.eventsTotal),
  });
  return (
    <div className={classes.progress}>
      <p className={classes.figures}>
        <strong className="num">{percent}</strong>
        <span className="num">{events}</span>
        {rebuild.eventsPerSecond !== undefined && isMoving(rebuild.state) && (
          <span className="num">
            {t('rebuild.perSecond', { formatted: number.format(rebuild.eventsPerSecond) })}
          </span>
        )}
        {rebuild.secondsLeft !== undefined && (
          <span className="num">{t('rebuild.left', { time: duration(Math.ceil(rebuild.secondsLeft)) })}</span>
        )}
      </p>
      <div
        className={classes.meter}
        role="progressbar"
        aria-label={t('rebuild.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={`${percent}, ${events}`}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

function Differs({ rebuild, onDecide }: { rebuild: Rebuild; onDecide: Props['onDecide'] }) {
  const { t } = useTranslation();
  const comparedAt = rebuild.comparisons[0]?.position ?? 0;
  return (
    <>
      <div className={classes.differs}>
        <IconAlertTriangle size={22} stroke={1.7} aria-hidden />
        <div>
          <h4>{t('rebuild.differsTitle')}</h4>
          <p>{t('rebuild.differsLead')}</p>
        </div>
      </div>
      <Comparisons comparisons={rebuild.comparisons} />
      <ul className={classes.choices}>
        <li>
          <p>{t('rebuild.whySwap')}</p>
          <Button variant="default" onClick={() => onDecide('swap', comparedAt)}>
            {t('rebuild.swap')}
          </Button>
        </li>
        <li>
          <p>{t('rebuild.whyKeep')}</p>
          <Button variant="default" onClick={() => onDecide('keep', comparedAt)}>
            {t('rebuild.keep')}
          </Button>
        </li>
      </ul>
    </>
  );
}

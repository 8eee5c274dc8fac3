import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rebuild } from '@/api/types';
import { isFinished, stepOf, stepsOf } from '../rebuild-states';
import classes from './rebuild-steps.module.css';

/** The way of a rebuild: side by side on a desk, one under the other on a phone. */
export function RebuildSteps({ rebuild }: { rebuild: Rebuild }) {
  const { t } = useTranslation();
  const steps = stepsOf(rebuild);
  const current = isFinished(rebuild.state) ? steps.length : stepOf(rebuild);
  const step = steps[current];
  return (
    <div className={classes.way}>
      <ol className={classes.steps} aria-label={t('rebuild.steps')}>
        {steps.map((name, i) => {
          const where = i < current ? 'done' : i === current ? 'current' : 'open';
          return (
            <li
              key={name}
              className={classes.step}
              data-where={where}
              aria-current={where === 'current' ? 'step' : undefined}
            >
              <span className={classes.dot} aria-hidden>
                {where === 'done' && <IconCheck size={13} stroke={2.6} />}
              </span>
              <span className={classes.label}>
                {t(`rebuild.state.${name}`)}
                {where !== 'current' && (
                  <span className="sr">
                    , {where === 'done' ? t('rebuild.stepDone') : t('rebuild.stepOpen')}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {step && <p className={classes.words}>{t(`rebuild.step.${step}`)}</p>}
    </div>
  );
}

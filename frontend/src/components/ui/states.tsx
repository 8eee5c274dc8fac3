import { Button, Skeleton } from '@mantine/core';
import { IconCloudOff, IconMoodSad } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, refusesMoment } from '@/api/problem';
import { useAsOf } from '@/lib/as-of';
import classes from './states.module.css';

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** The page's own heading, where nothing else is on it. */
  main?: boolean;
}

/** Nothing to show: says why and what to do about it. */
export function EmptyState({ icon, title, children, actions, main = false }: EmptyProps) {
  const Heading = main ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      {icon && <div className={classes.art}>{icon}</div>}
      <Heading className={classes.title}>{title}</Heading>
      {children && <p className={classes.words}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

/** In words a person can act on. */
export function useProblemText() {
  const { t } = useTranslation();
  const asOf = useAsOf();
  return (error: unknown): string => {
    if (!(error instanceof Problem)) return t('problem.unexpected');
    if (refusesMoment(error)) return t('asOf.future');
    switch (error.type) {
      case 'offline':
        return t('problem.offline');
      case 'projection-behind':
        return asOf ? t('asOf.behind') : t('problem.behind');
      case 'not-sealed':
        return t('pack.notSealed');
      case 'bad-credentials':
        return t('problem.badCredentials');
      case 'busy':
        return t('problem.busy');
      case 'too-many-requests':
        return t('problem.tooMany');
      case 'forbidden':
        return t('problem.forbidden');
      case 'not-found':
        return t('problem.notFound');
      case 'internal':
        return t('problem.internal');
      default:
        return error.detail ?? error.title;
    }
  };
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const offline = error instanceof Problem && error.type === 'offline';
  return (
    <div className={classes.state} role="alert">
      <div className={classes.art}>
        {offline ? <IconCloudOff size={28} stroke={1.5} /> : <IconMoodSad size={28} stroke={1.5} />}
      </div>
      <h2 className={classes.title}>{offline ? t('problem.offlineTitle') : t('problem.title')}</h2>
      <p className={classes.words}>{text(error)}</p>
      {onRetry && (
        <div className={classes.actions}>
          <Button variant="default" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        </div>
      )}
      {error instanceof Problem && error.traceId && (
        <p className={classes.trace}>
          {t('problem.reference')} <span className="mono">{error.traceId}</span>
        </p>
      )}
    </div>
  );
}

export function RowSkeletons({ count = 8 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')}>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className={classes.row} style={{ opacity: 1 - i / (count + 2) }}>
          <Skeleton width={36} height={36} radius={10} />
          <div className={classes.lines}>
            <Skeleton height={12} width={`${38 + ((i * 17) % 30)}%`} />
            <Skeleton height={10} width={`${18 + ((i * 11) % 20)}%`} />
          </div>
          <Skeleton height={14} width={64} />
        </div>
      ))}
    </div>
  );
}

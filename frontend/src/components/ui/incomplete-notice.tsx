import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './incomplete-notice.module.css';

interface Props {
  /** The answers that the view shows, as far as they are there. */
  of: readonly ({ incomplete?: boolean } | undefined)[];
  /** What may be missing something: figures and lists by default, or one thing and what happened to it. */
  kind?: 'figures' | 'changes';
}

/** Says calmly that something is missing; nothing where every answer is complete. */
export function IncompleteNotice({ of, kind = 'figures' }: Props) {
  const { t } = useTranslation();
  if (!of.some((answer) => answer?.incomplete)) return null;
  return (
    <div className={classes.notice} role="note">
      <IconInfoCircle size={20} stroke={1.7} aria-hidden className={classes.icon} />
      <p>
        <strong>{kind === 'figures' ? t('incomplete.figures') : t('incomplete.changes')}</strong>{' '}
        {t('incomplete.kept')}
      </p>
    </div>
  );
}

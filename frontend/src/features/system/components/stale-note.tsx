import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';
import { formatInstantExact } from '@/lib/dates';
import classes from './stale-note.module.css';

interface Props {
  query: { data: unknown; error: unknown; fetchStatus: string; dataUpdatedAt: number };
}

/** Stands over figures that are still shown although the latest attempt to renew them failed. */
export function StaleNote({ query }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const paused = query.fetchStatus === 'paused';
  if (!query.data || !query.dataUpdatedAt || !(query.error || paused)) return null;
  const when = formatInstantExact(new Date(query.dataUpdatedAt).toISOString());
  return (
    <p className={classes.note} role="status">
      <IconCloudOff size={18} stroke={1.7} aria-hidden />
      <span>
        {paused || isProblem(query.error, 'offline')
          ? t('system.staleOffline', { when })
          : t('system.stale', { when, problem: problemText(query.error) })}
      </span>
    </p>
  );
}

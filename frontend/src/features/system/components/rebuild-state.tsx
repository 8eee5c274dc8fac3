import { useTranslation } from 'react-i18next';
import type { RebuildState } from '@/api/types';
import classes from './rebuild-state.module.css';

export function RebuildStateBadge({ state }: { state: RebuildState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.badge} data-state={state}>
      {t(`rebuild.state.${state}`)}
    </span>
  );
}

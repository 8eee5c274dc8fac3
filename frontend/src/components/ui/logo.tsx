import { useTranslation } from 'react-i18next';
import classes from './logo.module.css';

export function Logo({ light = false }: { light?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={classes.logo} data-light={light || undefined}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
        <rect className={classes.tile} width="32" height="32" rx="9" />
        <circle className={classes.plate} cx="16" cy="16" r="8.5" />
        <path className={classes.plate} d="M12.2 16.4l2.7 2.7 5-5.6" />
      </svg>
      {t('app.name')}
    </span>
  );
}

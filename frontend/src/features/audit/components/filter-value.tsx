import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './audit-page.module.css';

/** A value in a table; a click filters by it. */
export function FilterValue({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={classes.value} title={t('audit.filterBy')} onClick={onClick}>
      {children}
    </button>
  );
}

import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import type { Rebuild } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import classes from './decisions.module.css';

/** What operators decided about a rebuild, and what came of it; nothing where nobody had to. */
export function Decisions({ decisions }: Pick<Rebuild, 'decisions'>) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  if (decisions.length === 0) return null;
  return (
    <ul className={classes.decisions} aria-label={t('rebuild.decisions')}>
      {decisions.map(({ act, by, at, outcome }) => (
        <li key={`${act} ${at}`} data-outcome={outcome}>
          {t(`rebuild.decided.${act}`, {
            who: accounts.get(by)?.displayName ?? t('history.someone'),
            when: formatInstant(at),
          })}
          {outcome !== 'obeyed' && <strong> {t(`rebuild.outcome.${outcome}`)}</strong>}
        </li>
      ))}
    </ul>
  );
}

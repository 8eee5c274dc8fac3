import { IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './audit-page.module.css';

/** Whether an event is in the sealed part of the log, where nobody can change it unnoticed. */
export function Seal({ position, sealedUpTo }: { position: number; sealedUpTo: number }) {
  const { t } = useTranslation();
  const sealed = position <= sealedUpTo;
  return (
    <span className={classes.seal} data-sealed={sealed || undefined}>
      {sealed ? <IconLock size={15} aria-hidden /> : <IconLockOpen2 size={15} aria-hidden />}
      {sealed ? t('audit.sealed') : t('audit.notSealed')}
    </span>
  );
}

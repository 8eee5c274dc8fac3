import { IconAlertTriangle, IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@/api/types';
import classes from './audit-page.module.css';

interface Props {
  event: Pick<AuditEvent, 'position' | 'stored' | 'deviation'>;
  sealedUpTo: number;
}

/** Whether an event is in the sealed part of the log, where nobody can change it unnoticed, and what is wrong with it. */
export function Seal({ event, sealedUpTo }: Props) {
  const { t } = useTranslation();
  if (!event.stored) return <Wrong>{t('audit.lost')}</Wrong>;
  const sealed = event.position <= sealedUpTo;
  return (
    <>
      <span className={classes.seal} data-sealed={sealed || undefined}>
        {sealed ? <IconLock size={15} aria-hidden /> : <IconLockOpen2 size={15} aria-hidden />}
        {sealed ? t('audit.sealed') : t('audit.notSealed')}
      </span>
      {event.deviation && <Wrong>{t(`audit.deviation.${event.deviation}`)}</Wrong>}
    </>
  );
}

function Wrong({ children }: { children: string }) {
  return (
    <span className={classes.seal} data-wrong>
      <IconAlertTriangle size={15} aria-hidden />
      {children}
    </span>
  );
}

import { Button } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renew, type Renewal } from '@/api/renewal';
import { reload } from '@/lib/reload';
import classes from './missing-code.module.css';
import { EmptyState, RowSkeletons } from './states';

/** Where the part would be: a whole page, a piece of one, or over it. */
export type Look = 'page' | 'piece' | 'over';

interface Props {
  look: Look;
  onRetry: () => void;
  onClose?: () => void;
}

/** In place of something whose code could not be had: loads the page anew where that helps, or says what does. */
export function MissingCode({ look, onRetry, onClose }: Props) {
  const { t } = useTranslation();
  const [renewal, setRenewal] = useState<Renewal>({ state: 'renewing' });
  useEffect(() => {
    let current = true;
    void renew().then((it) => current && setRenewal(it));
    return () => void (current = false);
  }, []);

  const unreachable = renewal.state === 'unreachable';
  useEffect(() => {
    if (!unreachable) return;
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [unreachable, onRetry]);

  if (renewal.state === 'renewing') return look === 'page' ? <RowSkeletons /> : null;

  const says = unreachable
    ? 'unreachable'
    : renewal.state === 'asking' && renewal.newer
      ? 'newer'
      : 'missing';
  const text = (
    <>
      {t(`missingCode.${says}`)}
      {renewal.state === 'asking' && renewal.typed && <> {t('missingCode.typed')}</>}
    </>
  );
  const action = unreachable ? (
    <Button variant="default" onClick={onRetry}>
      {t('common.tryAgain')}
    </Button>
  ) : (
    <Button onClick={reload}>{t('missingCode.reload')}</Button>
  );
  const title = t(`missingCode.${says}Title`);

  if (look !== 'over') {
    return (
      <div role="alert">
        <EmptyState
          icon={
            unreachable ? <IconCloudOff size={28} stroke={1.5} /> : <IconRefresh size={28} stroke={1.5} />
          }
          title={title}
          actions={action}
          main={look === 'page'}
        >
          {text}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={classes.over} role="alert">
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{text}</p>
      <div className={classes.actions}>
        {onClose && (
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLogClosed } from '@/api/log-state';
import { useAbilities } from '@/api/me';
import classes from './closed-banner.module.css';

/** Above everything, for everybody, while nothing can be recorded; administrators find the way out in it. */
export function ClosedBanner({ here }: { here: boolean }) {
  const { t } = useTranslation();
  const { administer, write } = useAbilities();
  if (!useLogClosed()) return null;
  return (
    <section className={classes.banner} role="alert">
      <IconLock size={22} stroke={1.9} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>{t('closed.title')}</strong>{' '}
        {administer ? t('closed.administrator') : write ? t('closed.member') : t('closed.reader')}
      </p>
      {administer && !here && (
        <Button component={Link} to="/system/recovery" className={`${classes.action} no-print`}>
          {t('closed.look')}
        </Button>
      )}
    </section>
  );
}

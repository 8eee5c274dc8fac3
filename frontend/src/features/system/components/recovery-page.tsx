import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoredLog } from '@/api/types';
import { BackLink, Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import { formatInstant } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { useDeclareRecovery, useRestoredLog } from '../api/recovery';
import { ReasonDialog } from './reason-dialog';
import classes from './recovery-page.module.css';

const formatCount = (count: number) => new Intl.NumberFormat(locale()).format(count);

/** Where an administrator looks at what was restored, and lets the product record again. */
export function RecoveryPage() {
  const { t } = useTranslation();
  const restored = useRestoredLog();
  return (
    <Page
      above={<BackLink to="/system">{t('nav.system')}</BackLink>}
      title={t('nav.recovery')}
      lead={t('recovery.lead')}
    >
      {restored.isPending ? (
        <RowSkeletons count={4} />
      ) : restored.error ? (
        <ErrorState error={restored.error} onRetry={() => void restored.refetch()} />
      ) : restored.data.closed ? (
        <Closed log={restored.data} />
      ) : (
        <EmptyState
          icon={<IconCircleCheck size={44} stroke={1.4} />}
          title={t('recovery.openTitle')}
          actions={
            <Button component={Link} to="/system" variant="default">
              {t('recovery.back')}
            </Button>
          }
        >
          {restored.data.declaredAt === undefined
            ? t('recovery.openLead')
            : t('recovery.declaredBefore', { position: formatCount(restored.data.declaredAt) })}
        </EmptyState>
      )}
    </Page>
  );
}

function Closed({ log }: { log: RestoredLog }) {
  const { t } = useTranslation();
  const declare = useDeclareRecovery();
  const [asking, setAsking] = useState(false);
  const lost = log.lost > 0 && log.published;
  return (
    <>
      <dl className={classes.facts}>
        <Fact name={t('recovery.why')}>
          {t(`recovery.because.${log.why ?? 'unknown'}`)}
          {log.contradiction && <span className={classes.quiet}>{log.contradiction}</span>}
        </Fact>
        <Fact name={t('recovery.endsAt')}>
          {t('recovery.position', { position: formatCount(log.position) })}
          {log.at && (
            <span className={classes.quiet}>{t('recovery.lastAt', { when: formatInstant(log.at) })}</span>
          )}
        </Fact>
        <Fact name={t('recovery.published')}>
          {log.published
            ? t('recovery.position', { position: formatCount(log.published.size) })
            : t('recovery.nothingPublished')}
          {log.published?.at && (
            <span className={classes.quiet}>
              {t('recovery.publishedAt', { when: formatInstant(log.published.at) })}
            </span>
          )}
        </Fact>
        <Fact name={t('recovery.lost')}>
          {lost ? (
            <strong className={classes.lost}>{t('recovery.lostKnown', { count: log.lost })}</strong>
          ) : log.published ? (
            t('recovery.lostNothing')
          ) : (
            t('recovery.lostUnknown')
          )}
          <span className={classes.quiet}>{t('recovery.lostSeconds')}</span>
        </Fact>
      </dl>
      <p className={classes.advice}>{t('recovery.advice')}</p>
      <Button size="md" onClick={() => setAsking(true)}>
        {t('recovery.declare')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={t('recovery.dialogTitle')}
        submit={t('recovery.confirm')}
        pending={declare.isPending}
        error={declare.error}
        onClose={() => {
          setAsking(false);
          declare.reset();
        }}
        onSubmit={(reason) =>
          declare.mutate(
            { position: log.position, reason },
            {
              onSuccess: () => {
                setAsking(false);
                toast.show({ message: t('recovery.done') });
              },
            },
          )
        }
      >
        <p>{t('recovery.dialogLead', { position: formatCount(log.position) })}</p>
        <p>
          {lost
            ? t('recovery.dialogLost', {
                from: formatCount(log.position + 1),
                to: formatCount(log.position + log.lost),
              })
            : t('recovery.dialogMayBeLost')}
        </p>
        <p>{t('recovery.dialogFinal')}</p>
      </ReasonDialog>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

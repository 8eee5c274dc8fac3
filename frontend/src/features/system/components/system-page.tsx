import { Button, Checkbox } from '@mantine/core';
import { toast } from '@/components/ui/toast';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/api/accounts';
import { useMe } from '@/api/me';
import { Page } from '@/components/ui/page';
import { ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import { ROLES, type DirectoryEntry, type Projection } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import { useChangeRole, useDisableAccount, useProjections } from '../api/system';
import classes from './system-page.module.css';

export function SystemPage() {
  const { t } = useTranslation();
  const projections = useProjections();
  const accounts = useQuery(accountsQuery);
  const behind = projections.data?.filter((projection) => projection.state !== 'running').length ?? 0;
  return (
    <Page
      title={t('nav.system')}
      lead={
        projections.data ? (behind ? t('system.behind', { count: behind }) : t('system.allWell')) : '\u00a0'
      }
    >
      <h2 className={classes.heading}>{t('system.projections')}</h2>
      {projections.isPending ? (
        <RowSkeletons count={3} />
      ) : projections.error && !projections.data ? (
        <ErrorState error={projections.error} onRetry={() => void projections.refetch()} />
      ) : (
        <ul className={classes.cards}>
          {projections.data.map((projection) => (
            <ProjectionCard key={projection.name} projection={projection} />
          ))}
        </ul>
      )}
      <h2 className={classes.heading}>{t('system.accounts')}</h2>
      {accounts.isPending ? (
        <RowSkeletons count={3} />
      ) : accounts.error ? (
        <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : (
        <ul className={classes.people}>
          {accounts.data.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ProjectionCard({ projection }: { projection: Projection }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat();
  const states: Record<string, string> = {
    running: t('system.running'),
    'catching-up': t('system.catchingUp'),
    failed: t('system.failed'),
    stopped: t('system.stopped'),
  };
  const share = projection.head > 0 ? projection.position / projection.head : 1;
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <h3>{projection.name}</h3>
        <span className={classes.state} data-state={projection.state}>
          {states[projection.state] ?? projection.state}
        </span>
      </div>
      <div
        className={classes.meter}
        role="progressbar"
        aria-label={projection.name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <dl className={classes.numbers}>
        <dt>{t('system.position')}</dt>
        <dd className="num">
          {number.format(projection.position)} / {number.format(projection.head)}
        </dd>
        <dt>{t('system.lag')}</dt>
        <dd className="num">
          {t('system.lagValue', {
            count: projection.lagEvents,
            seconds: number.format(projection.lagSeconds),
          })}
        </dd>
        <dt>{t('system.deadLetters')}</dt>
        <dd className="num" data-bad={projection.deadLetters > 0 || undefined}>
          {number.format(projection.deadLetters)}
        </dd>
      </dl>
      {projection.error && <p className={classes.error}>{projection.error}</p>}
    </li>
  );
}

function AccountRow({ account }: { account: DirectoryEntry }) {
  const { t } = useTranslation();
  const me = useMe();
  const problemText = useProblemText();
  const changeRole = useChangeRole();
  const disable = useDisableAccount();
  const disabled = account.status === 'disabled';
  const self = account.id === me.id;
  const onError = (error: unknown) => toast.show({ color: 'red', message: problemText(error) });
  return (
    <li className={classes.person} data-disabled={disabled || undefined}>
      <div className={classes.who}>
        <span className={classes.name}>
          {account.displayName}
          {self && <span className={classes.quiet}> · {t('system.you')}</span>}
          {disabled && <span className={classes.off}>{t('system.disabled')}</span>}
        </span>
        <span className={classes.quiet}>
          {account.email} · {t('system.since', { when: formatInstant(account.registeredAt) })}
        </span>
      </div>
      <fieldset className={classes.roles}>
        <legend className="sr">{t('system.rolesOf', { name: account.displayName })}</legend>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            size="md"
            label={t(`role.${role}`)}
            checked={account.roles.includes(role)}
            disabled={changeRole.isPending || (self && role === 'ADMIN')}
            onChange={(event) =>
              changeRole.mutate({ id: account.id, role, granted: event.currentTarget.checked }, { onError })
            }
            className={classes.role}
          />
        ))}
      </fieldset>
      <Button
        variant="default"
        disabled={self}
        loading={disable.isPending}
        onClick={() => disable.mutate({ id: account.id, disabled: !disabled }, { onError })}
      >
        {disabled ? t('system.enable') : t('system.disable')}
      </Button>
    </li>
  );
}

import { Button, Checkbox } from '@mantine/core';
import { toast } from '@/components/ui/toast';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/api/accounts';
import { useMe } from '@/api/me';
import { Page } from '@/components/ui/page';
import { ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import { ROLES, type DirectoryEntry } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import { useChangeRole, useDisableAccount, useProjections } from '../api/system';
import { ProjectionsTable } from './projections-table';
import classes from './system-page.module.css';

export function SystemPage() {
  const { t } = useTranslation();
  const projections = useProjections();
  const accounts = useQuery(accountsQuery);
  const behind = projections.data?.filter((projection) => projection.state !== 'running').length ?? 0;
  const parked = projections.data?.reduce((all, { deadLetters }) => all + deadLetters, 0) ?? 0;
  return (
    <Page
      title={t('nav.system')}
      lead={
        !projections.data
          ? '\u00a0'
          : behind
            ? t('system.behind', { count: behind })
            : parked
              ? t('system.parkedSomewhere', { count: parked })
              : t('system.allWell')
      }
      actions={
        <Button component={Link} to="/audit/accesses" variant="default" leftSection={<IconEye size={18} />}>
          {t('nav.accesses')}
        </Button>
      }
    >
      <h2 className={classes.heading}>{t('system.projections')}</h2>
      <ProjectionsTable />
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

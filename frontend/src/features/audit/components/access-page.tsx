import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useAbilities } from '@/api/me';
import { BackLink, Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { Access, AccessFilter } from '@/api/types';
import { formatInstantExact, isDay } from '@/lib/dates';
import { one } from '@/lib/search-params';
import { useAccesses } from '../api/list-accesses';
import { FilterValue } from './filter-value';
import classes from './audit-page.module.css';

const KEYS = ['accountId', 'route', 'traceId'] as const;
type Key = (typeof KEYS)[number];
/** Values of one parameter that are told each; more are counted. */
const SHOWN = 3;

/** Who read what: every read by an auditor, newest first. Looking at it is written down, too. */
export function AccessPage() {
  const { t } = useTranslation();
  const { audit } = useAbilities();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const accounts = useAccounts();
  const chosen = Object.fromEntries(
    KEYS.flatMap((key) => (one(search[key]) ? [[key, one(search[key])!]] : [])),
  ) as Partial<Record<Key, string>>;
  const from = isDay(one(search.from)) ? one(search.from) : undefined;
  const to = isDay(one(search.to)) ? one(search.to) : undefined;
  const filter: AccessFilter = {
    ...chosen,
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  };
  const accesses = useAccesses(filter);
  const items = accesses.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      resetScroll: false,
    });
  const nameOf = (id: string) => accounts.get(id)?.displayName ?? id;

  return (
    <Page
      above={
        audit ? (
          <BackLink to="/audit">{t('nav.audit')}</BackLink>
        ) : (
          <BackLink to="/system">{t('nav.system')}</BackLink>
        )
      }
      title={t('nav.accesses')}
      lead={t('access.lead')}
      width="wide"
      actions={
        <Button variant="default" loading={accesses.isRefetching} onClick={() => void accesses.refetch()}>
          {t('access.refresh')}
        </Button>
      }
    >
      <div className={classes.filters}>
        <TextInput
          type="date"
          aria-label={t('audit.from')}
          value={from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value || undefined })}
        />
        <span aria-hidden>–</span>
        <TextInput
          type="date"
          aria-label={t('audit.to')}
          value={to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value || undefined })}
        />
        {KEYS.filter((key) => chosen[key]).map((key) => (
          <span key={key} className={classes.chip}>
            {t(`access.${key}`)}: <strong>{key === 'accountId' ? nameOf(chosen[key]!) : chosen[key]}</strong>
            <CloseButton
              size={40}
              iconSize={15}
              aria-label={t('filter.remove', { name: t(`access.${key}`) })}
              onClick={() => change({ [key]: undefined })}
            />
          </span>
        ))}
        {Object.keys(filter).length === 0 && <span className={classes.hint}>{t('audit.hint')}</span>}
      </div>
      {accesses.isPending ? (
        <RowSkeletons count={12} />
      ) : accesses.error && items.length === 0 ? (
        <ErrorState error={accesses.error} onRetry={() => void accesses.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={<IconEye size={28} stroke={1.5} />} title={t('access.emptyTitle')}>
          {t('audit.emptyLead')}
        </EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('nav.accesses')}>
          <table className={`${classes.table} ${classes.events} ${classes.closed}`}>
            <thead>
              <tr>
                <th scope="col">{t('access.at')}</th>
                <th scope="col">{t('access.accountId')}</th>
                <th scope="col">{t('access.route')}</th>
                <th scope="col">{t('access.filter')}</th>
                <th scope="col">{t('access.traceId')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((access) => (
                <tr key={access.entry}>
                  <td className="num">{formatInstantExact(access.at)}</td>
                  <td>
                    <FilterValue onClick={() => change({ accountId: access.accountId })}>
                      {nameOf(access.accountId)}
                    </FilterValue>
                  </td>
                  <td className={classes.what}>
                    <FilterValue onClick={() => change({ route: access.route })}>
                      {access.route.replace('/api/v1', '')}
                    </FilterValue>
                  </td>
                  <Asked of={parametersOf(access, (name, count) => t('access.many', { name, count }))} />
                  <td data-label={t('access.traceId')}>
                    <FilterValue onClick={() => change({ traceId: access.traceId })}>
                      {access.traceId.slice(-8)}
                    </FilterValue>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {accesses.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={accesses.isFetchingNextPage}
          onClick={() => void accesses.fetchNextPage()}
        >
          {t('access.older')}
        </Button>
      )}
    </Page>
  );
}

function Asked({ of }: { of: string }) {
  return (
    <td className={classes.wrapped} data-nothing={of ? undefined : ''}>
      {of || '–'}
    </td>
  );
}

/** What was asked for: the id in the address, and the parameters. */
function parametersOf(
  { route, path, filter }: Access,
  many: (name: string, count: number) => string,
): string {
  const names = route.split('/');
  const asked = path
    .split('/')
    .flatMap((part, i) => (names[i]?.startsWith('{') ? [`${names[i].slice(1, -1)}=${part}`] : []));
  const given = Object.entries(filter).flatMap(([name, values]) =>
    values.length > SHOWN ? [many(name, values.length)] : values.map((value) => `${name}=${value}`),
  );
  return [...asked, ...given].join(' ');
}

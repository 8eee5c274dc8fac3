import { Button, NativeSelect, Select } from '@mantine/core';
import { MonthPickerInput } from '@mantine/dates';
import { IconChevronDown, IconMovie, IconUserSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { BackLink, Page } from '@/components/ui/page';
import { ProofPackButton } from '@/components/ui/proof-pack-button';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import { addMonths, firstDay, formatMonth, lastDay, monthOf, today, type Month } from '@/lib/dates';
import { one } from '@/lib/search-params';
import { useSteps } from '../api/steps';
import { ReplayPlayer } from './replay-player';
import classes from './replay-page.module.css';
import '@mantine/dates/styles.css';

const readMonth = (value: unknown): Month =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(one(value) ?? '') ? one(value)! : addMonths(monthOf(today()), -1);

/** One member's month as it came about: event by event, with the report's totals after each. */
export function ReplayPage() {
  const { t } = useTranslation();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const accounts = useAccounts();
  const month = readMonth(search.month);
  const ownerId = one(search.ownerId);
  const position = Number(one(search.position)) || undefined;
  const steps = useSteps(month, ownerId);
  const pages = steps.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  const name = ownerId && (accounts.get(ownerId)?.displayName ?? t('history.someone'));

  // a link to an event: the pages up to it are needed first
  const wanted = position === undefined ? undefined : items.findIndex((step) => step.position >= position);
  const looking = wanted === -1 && steps.hasNextPage;
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = steps;
  useEffect(() => {
    if (looking && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [looking, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, position: undefined, ...part })) as never,
      resetScroll: false,
    });

  return (
    <Page
      above={<BackLink to="/audit">{t('nav.audit')}</BackLink>}
      title={name ? t('replay.titleOf', { name, month: formatMonth(month) }) : t('nav.replay')}
      lead={t('replay.lead')}
      actions={
        <>
          {/* while nobody is chosen, that is asked below */}
          {ownerId && (
            <Select
              aria-label={t('filter.owner')}
              placeholder={t('replay.choosePerson')}
              w={200}
              searchable
              value={ownerId}
              onChange={(value) => change({ ownerId: value ?? undefined })}
              data={[...accounts.values()].map((account) => ({
                value: account.id,
                label: account.displayName,
              }))}
            />
          )}
          <MonthPickerInput
            aria-label={t('common.month')}
            size="md"
            w={170}
            rightSection={<IconChevronDown size={16} />}
            rightSectionPointerEvents="none"
            maxDate={today()}
            value={firstDay(month)}
            valueFormat="MMMM YYYY"
            onChange={(value) => value && change({ month: monthOf(value) })}
          />
        </>
      }
    >
      <IncompleteNotice of={pages} kind="changes" />
      {!ownerId ? (
        <EmptyState
          icon={<IconUserSearch size={28} stroke={1.5} />}
          title={t('replay.whoTitle')}
          actions={
            <NativeSelect
              aria-label={t('replay.choosePerson')}
              value=""
              onChange={(event) => change({ ownerId: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('replay.choosePerson') },
                ...[...accounts.values()].map(({ id, displayName }) => ({ value: id, label: displayName })),
              ]}
            />
          }
        >
          {t('replay.whoLead')}
        </EmptyState>
      ) : steps.isPending || looking ? (
        <RowSkeletons count={5} />
      ) : steps.error && items.length === 0 ? (
        <ErrorState error={steps.error} onRetry={() => void steps.refetch()} />
      ) : total === 0 ? (
        <EmptyState
          icon={<IconMovie size={28} stroke={1.5} />}
          title={t('replay.emptyTitle', { month: formatMonth(month) })}
          actions={
            <Button variant="default" onClick={() => change({ month: addMonths(month, -1) })}>
              {t('replay.monthBefore')}
            </Button>
          }
        >
          {t('replay.emptyLead')}
        </EmptyState>
      ) : (
        <div className={classes.player}>
          <ReplayPlayer
            key={`${ownerId} ${month} ${position ?? ''}`}
            steps={items}
            total={total}
            start={wanted === undefined || wanted < 0 ? 0 : wanted + 1}
            period={month}
            ownerId={ownerId}
            failed={steps.isFetchNextPageError}
            loading={steps.isFetchingNextPage}
            onMore={() => void steps.fetchNextPage()}
          />
          <ProofPackButton of={{ ownerId, from: firstDay(month), to: lastDay(month) }} />
        </div>
      )}
    </Page>
  );
}

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconListSearch } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { Amount, Totals } from '@/components/ui/amount';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { BackLink, Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { AuditEvent, Expense, ExpenseFilter } from '@/api/types';
import { formatDay, formatInstantExact } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { formatMoney, sum, totalsOf } from '@/lib/money';
import { many, one } from '@/lib/search-params';
import { useFigure } from '../api/figure';
import { useEventWords } from '../event-names';
import { countedBy } from '../figure';
import classes from './figure-page.module.css';

const SINGLE = ['from', 'to', 'q', 'minAmount', 'maxAmount', 'ownerId'] as const;
const MANY = ['categoryId', 'mealType', 'orderType', 'tag', 'restaurantId', 'currency'] as const;

function filterOf(search: Record<string, unknown>): ExpenseFilter {
  const given = [
    ...SINGLE.map((key) => [key, one(search[key])] as const),
    ...MANY.map((key) => [key, many(search[key])] as const),
  ].filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as ExpenseFilter;
}

/** From a number to what made it: every expense that it counts, and every event of each. */
export function FigurePage() {
  const { t } = useTranslation();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const figure = useFigure(filterOf(search));
  const pages = figure.data?.pages ?? [];
  const shown = pages.flatMap((page) => page.expenses);
  const totals = pages[0]?.totals ?? [];
  const count = totals.reduce((all, total) => all + total.count, 0);
  return (
    <Page
      above={<BackLink to="/audit">{t('nav.audit')}</BackLink>}
      title={t('madeOf.title')}
      lead={
        totals.length > 0 ? (
          <>
            <Totals totals={totals} className={classes.totals} />{' '}
            {t('madeOf.lead', { count, formatted: new Intl.NumberFormat(locale()).format(count) })}
          </>
        ) : (
          '\u00a0'
        )
      }
    >
      <IncompleteNotice of={pages} />
      {figure.isPending ? (
        <RowSkeletons count={8} />
      ) : figure.error && shown.length === 0 ? (
        <ErrorState error={figure.error} onRetry={() => void figure.refetch()} />
      ) : shown.length === 0 ? (
        <EmptyState icon={<IconListSearch size={28} stroke={1.5} />} title={t('madeOf.emptyTitle')}>
          {t('madeOf.emptyLead')}
        </EmptyState>
      ) : (
        <>
          <Check shown={shown} totals={totals} whole={!figure.hasNextPage} of={count} />
          <ul className={classes.expenses}>
            {shown.map(({ expense, events }) => (
              <MadeOf key={expense.id} expense={expense} events={events} />
            ))}
          </ul>
        </>
      )}
      {figure.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={figure.isFetchingNextPage}
          onClick={() => void figure.fetchNextPage()}
        >
          {t('madeOf.more')}
        </Button>
      )}
    </Page>
  );
}

interface CheckProps {
  shown: { expense: Expense; events: AuditEvent[] }[];
  totals: { currency: string; amount: string }[];
  /** Whether all are here that the figure counts. */
  whole: boolean;
  of: number;
}

/** Adds the events up again and says whether the figure is right. */
function Check({ shown, totals, whole, of }: CheckProps) {
  const { t } = useTranslation();
  const added = totalsOf(
    shown.flatMap(({ events }) => {
      const counted = countedBy(events);
      return counted ? [counted] : [];
    }),
  );
  if (!whole) {
    const format = new Intl.NumberFormat(locale());
    return (
      <p className={classes.check} data-state="part" role="status">
        {t('madeOf.part', { shown: format.format(shown.length), of: format.format(of) })}
      </p>
    );
  }
  const equal =
    added.length === totals.length &&
    totals.every(
      ({ currency, amount }) =>
        Number(sum([amount])) ===
        Number(sum(added.filter((a) => a.currency === currency).map((a) => a.amount))),
    );
  return (
    <p className={classes.check} data-state={equal ? 'equal' : 'differs'} role="status">
      {equal ? <IconCircleCheck size={19} aria-hidden /> : <IconAlertTriangle size={19} aria-hidden />}
      <span>
        {equal ? t('madeOf.equal') : t('madeOf.differs')} <Totals totals={added} />
      </span>
    </p>
  );
}

function MadeOf({ expense, events }: { expense: Expense; events: AuditEvent[] }) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const words = useEventWords();
  return (
    <li className={classes.expense}>
      <div className={classes.head}>
        <Link
          to="."
          search={((before: object) => ({ ...before, expense: expense.id, pane: 'history' })) as never}
          resetScroll={false}
          className={classes.name}
        >
          {expense.place ?? expense.purpose ?? t(`meal.${expense.mealType}`)}
        </Link>
        <span className={classes.quiet}>
          {formatDay(expense.spentOn)}
          {` · ${accounts.get(expense.ownerId)?.displayName ?? t('history.someone')}`}
        </span>
        <Amount amount={expense.amount} currency={expense.currency} named className={classes.amount} />
      </div>
      <ol className={classes.events}>
        {events.map((event) => {
          const amount = event.payload.amount as string | undefined;
          const currency = event.payload.currency as string | undefined;
          return (
            <li key={event.eventId}>
              <Link
                to="/audit"
                search={{ subjectId: event.aggregateId } as never}
                className={classes.position}
              >
                {event.position}
              </Link>
              <span>{words(event.event)}</span>
              <span className={classes.quiet}>
                {formatInstantExact(event.at)} ·{' '}
                {accounts.get(event.actor.id)?.displayName ?? t('history.someone')}
                {event.reason && ` · “${event.reason}”`}
              </span>
              <span className={`${classes.amount} num`}>
                {amount && currency ? formatMoney(amount, currency) : '–'}
              </span>
            </li>
          );
        })}
      </ol>
    </li>
  );
}

import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlus, IconSparkles, IconUpload } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useCategories } from '@/api/categories';
import { useAbilities, useMe } from '@/api/me';
import { BarList } from '@/components/ui/bar-list';
import { CategoryIcon } from '@/components/ui/category-icon';
import { ExpenseRow } from '@/components/ui/expense-row';
import { FigureCard } from '@/components/ui/figure-card';
import { MonthBars } from '@/components/ui/month-bars';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { onDemand } from '@/components/ui/on-demand';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { useAsOf, usePresentDay, useTravel } from '@/lib/as-of';
import { addMonths, dayNumber, firstDay, formatMonth, monthOf, monthsBetween } from '@/lib/dates';
import { formatMoney, formatMoneyShort, isNegative } from '@/lib/money';
import { one } from '@/lib/search-params';
import { useLatest, useMonthCategories, useTwoMonths, useYear } from '../api/reports';
import { compareMonths, median } from '../two-months';
import classes from './overview-page.module.css';

const LINE_HEIGHT = 240;
const RunningLine = onDemand(
  () => import('./running-line').then((m) => m.RunningLine),
  'piece',
  <div style={{ height: LINE_HEIGHT }} />,
);

export function OverviewPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { write } = useAbilities();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const days = useTwoMonths();
  const year = useYear();
  const byCategory = useMonthCategories();
  const latest = useLatest();
  const categories = useCategories();
  const accounts = useAccounts();

  const answers = [days.data, year.data, byCategory.data, latest.data, categories];

  const asOf = useAsOf();
  const travel = useTravel();
  const now = usePresentDay();
  const month = monthOf(now);
  const lastMonth = addMonths(month, -1);
  const monthName = formatMonth(month, { month: 'long' });
  const lastName = formatMonth(lastMonth, { month: 'long' });

  const currencies = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { totals } of year.data?.months ?? [])
      for (const total of totals) counts.set(total.currency, (counts.get(total.currency) ?? 0) + total.count);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
  }, [year.data]);
  const wanted = one(search.currency);
  const currency =
    [wanted, me.currency, currencies[0]].find((code) => code && currencies.includes(code)) ?? me.currency;

  const compared = useMemo(
    () => (days.data ? compareMonths(days.data.rows, currency, now) : undefined),
    [days.data, currency, now],
  );
  const money = (amount: string | number) => formatMoney(amount, currency);
  const average = compared && compared.count > 0 ? Number(compared.now) / compared.count : 0;

  const months = monthsBetween(addMonths(month, -11), month).map((name) => ({
    month: name,
    amount:
      year.data?.months.find((row) => row.month === name)?.totals.find((total) => total.currency === currency)
        ?.amount ?? '0',
  }));
  const typical = median(
    months
      .slice(0, -1)
      .map(({ amount }) => Number(amount))
      .filter((amount) => amount > 0),
  );

  const shares = (byCategory.data?.categories ?? [])
    .flatMap((row) => {
      const total = row.totals.find((candidate) => candidate.currency === currency);
      return total ? [{ row, total }] : [];
    })
    .sort((a, b) => Number(b.total.amount) - Number(a.total.amount));
  const spent = shares.reduce((all, { total }) => all + Math.max(0, Number(total.amount)), 0);
  const top = shares[0];
  const percent = (part: number) =>
    new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 }).format(part);
  const nameOf = (row: { name?: string | null }) => row.name ?? t('common.uncategorised');

  if (latest.data && latest.data.items.length === 0) {
    return (
      <Page title={t('overview.welcome', { name: me.displayName.split(' ')[0] })}>
        <IncompleteNotice of={answers} />
        <EmptyState
          icon={<IconSparkles size={28} stroke={1.5} />}
          title={asOf ? t('asOf.emptyTitle') : t('overview.emptyTitle')}
          actions={
            asOf ? (
              <Button onClick={() => travel(undefined)}>{t('asOf.backToNow')}</Button>
            ) : write ? (
              <>
                <Button
                  component={Link}
                  to="."
                  search={{ add: '1' } as never}
                  leftSection={<IconPlus size={18} />}
                >
                  {t('overview.firstMeal')}
                </Button>
                <Button
                  variant="default"
                  component={Link}
                  to="/import"
                  leftSection={<IconUpload size={18} />}
                >
                  {t('overview.importFile')}
                </Button>
              </>
            ) : undefined
          }
        >
          {asOf ? t('asOf.emptyLead') : t('overview.emptyLead')}
        </EmptyState>
      </Page>
    );
  }
  if (days.error && year.error) {
    return (
      <Page title={t('nav.overview')}>
        <ErrorState
          error={days.error}
          onRetry={() =>
            void Promise.all([days.refetch(), year.refetch(), byCategory.refetch(), latest.refetch()])
          }
        />
      </Page>
    );
  }

  const difference = compared?.difference ?? '0';
  const same = Number(difference) === 0;
  const less = isNegative(difference);
  const gap = money(less ? difference.slice(1) : difference);
  const sentence = !compared ? (
    <Skeleton height={30} width="min(560px, 100%)" my={4} />
  ) : Number(compared.before) === 0 || same ? (
    <Trans
      i18nKey={same && Number(compared.before) !== 0 ? 'overview.sentenceSame' : 'overview.sentenceAlone'}
      values={{ amount: money(compared.now), month: monthName, last: lastName }}
      components={{ n: <span className={classes.figure} /> }}
    />
  ) : (
    <Trans
      i18nKey={less ? 'overview.sentenceLess' : 'overview.sentenceMore'}
      values={{ amount: money(compared.now), gap, month: monthName, last: lastName }}
      components={{
        n: <span className={classes.figure} />,
        d: <span className={less ? classes.less : classes.more} />,
      }}
    />
  );

  return (
    <Page
      title={<span className={classes.sentence}>{sentence}</span>}
      lead={
        compared
          ? compared.count > 0
            ? t('overview.facts', {
                count: compared.count,
                average: money(average.toFixed(2)),
                daily: money((Number(compared.now) / dayNumber(now)).toFixed(2)),
              })
            : t('overview.nothingYet', { month: monthName })
          : '\u00a0'
      }
      actions={
        currencies.length > 1 && (
          <SegmentedControl
            size="md"
            aria-label={t('form.currency')}
            value={currency}
            data={currencies.slice(0, 4)}
            onChange={(value) =>
              void navigate({
                to: '.',
                search: ((before: object) => ({ ...before, currency: value })) as never,
                replace: true,
                resetScroll: false,
              })
            }
          />
        )
      }
    >
      <IncompleteNotice of={answers} />
      <div className={classes.grid}>
        <FigureCard
          className={classes.wide}
          title={
            !compared || same || Number(compared.before) === 0
              ? t('overview.runningTitle', { month: monthName })
              : t(less ? 'overview.runningLess' : 'overview.runningMore', {
                  gap: formatMoneyShort(Math.abs(Number(difference)), currency),
                  last: lastName,
                })
          }
          lead={t('overview.runningLead', { currency })}
          pending={days.isPending}
          error={days.error}
          onRetry={() => void days.refetch()}
          height={LINE_HEIGHT + 30}
          table={
            compared && {
              head: [t('overview.dayOfMonth'), monthName, lastName],
              rows: compared.points.map((point) => ({
                key: String(point.day),
                cells: [
                  point.day,
                  point.now === undefined ? '' : money(point.now),
                  point.before === undefined ? '' : money(point.before),
                ],
              })),
            }
          }
        >
          {compared && (
            <>
              <div className={classes.legend}>
                <span>
                  <i className={classes.solid} /> {monthName}
                </span>
                <span>
                  <i className={classes.dashed} /> {lastName}
                </span>
              </div>
              <RunningLine
                points={compared.points}
                currency={currency}
                thisMonth={monthName}
                lastMonth={lastName}
                height={LINE_HEIGHT}
              />
            </>
          )}
        </FigureCard>

        <FigureCard
          title={
            top && spent > 0
              ? t('overview.topCategory', {
                  name: nameOf(top.row),
                  share: percent(Number(top.total.amount) / spent),
                  month: monthName,
                })
              : t('overview.categories')
          }
          lead={t('overview.categoriesLead', { month: monthName, currency })}
          pending={byCategory.isPending}
          error={byCategory.error}
          onRetry={() => void byCategory.refetch()}
          table={{
            head: [t('field.categoryId'), t('common.meals'), t('common.amount')],
            rows: shares.map(({ row, total }) => ({
              key: row.categoryId ?? 'none',
              cells: [nameOf(row), total.count, money(total.amount)],
            })),
          }}
        >
          {shares.length === 0 ? (
            <p className={classes.none}>{t('overview.nothingYet', { month: monthName })}</p>
          ) : (
            <BarList
              bars={shares.map(({ row, total }) => ({
                key: row.categoryId ?? 'none',
                label: nameOf(row),
                value: money(total.amount),
                note: t('common.mealCount', { count: total.count }),
                size: Number(total.amount),
                colour: row.colour,
                icon: <CategoryIcon category={row} size={34} />,
                search: { from: firstDay(month), to: now, currency, categoryId: [row.categoryId ?? 'none'] },
              }))}
            />
          )}
        </FigureCard>

        <FigureCard
          title={t('overview.latest')}
          lead={t('overview.latestLead')}
          pending={latest.isPending}
          error={latest.error}
          onRetry={() => void latest.refetch()}
        >
          {latest.data?.items.map((expense) => (
            <ExpenseRow
              key={expense.id}
              expense={expense}
              category={categories.byId.get(expense.categoryId ?? '')}
              dated
              owner={expense.ownerId === me.id ? undefined : accounts.get(expense.ownerId)?.displayName}
            />
          ))}
          <Link to="/expenses" className={classes.all}>
            {t('overview.all')}
          </Link>
        </FigureCard>

        <FigureCard
          className={classes.wide}
          title={
            typical > 0
              ? t('overview.typical', { amount: formatMoneyShort(typical, currency) })
              : t('overview.months')
          }
          lead={t('overview.monthsLead', { currency })}
          pending={year.isPending}
          error={year.error}
          onRetry={() => void year.refetch()}
          table={{
            head: [t('common.month'), t('common.amount')],
            rows: months.map((row) => ({
              key: row.month,
              cells: [formatMonth(row.month), money(row.amount)],
            })),
          }}
        >
          <MonthBars months={months} currency={currency} />
        </FigureCard>
      </div>
    </Page>
  );
}

import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconCalendar, IconListDetails, IconMovie, IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useAbilities, useMe } from '@/api/me';
import { BarList } from '@/components/ui/bar-list';
import { CategoryIcon } from '@/components/ui/category-icon';
import { ChangedSince, useChangedSince } from '@/components/ui/changed-since';
import { FigureCard } from '@/components/ui/figure-card';
import { HeatMap } from '@/components/ui/heat-map';
import { MonthBars } from '@/components/ui/month-bars';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { ProofPackButton } from '@/components/ui/proof-pack-button';
import { PeriodPicker } from '@/components/ui/period-picker';
import { EmptyState } from '@/components/ui/states';
import type { MealType } from '@/api/types';
import { useAsOf, usePresentDay, useTravel } from '@/lib/as-of';
import { firstDay, formatMonth, formatRange, lastDay, monthOf, monthsBetween } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { formatMoney, formatMoneyShort, sum } from '@/lib/money';
import { presetOf, readPeriod } from '@/lib/period';
import { one } from '@/lib/search-params';
import { useByCategory, useByMeal, useByWeekday, useMonthly } from '../api/reports';
import classes from './reports-page.module.css';

export function ReportsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { audit } = useAbilities();
  const accounts = useAccounts();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const asOf = useAsOf();
  const travel = useTravel();
  const present = usePresentDay();
  const period = readPeriod(search, present);
  const changedSince = useChangedSince();
  const ownerId = audit ? one(search.ownerId) : undefined;
  const monthly = useMonthly(period, ownerId);
  const byCategory = useByCategory(period, ownerId);
  const byMeal = useByMeal(period, ownerId);
  const byWeekday = useByWeekday(period, ownerId);

  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      resetScroll: false,
    });

  const all = monthly.data?.months.flatMap((row) => row.totals) ?? [];
  const counts = new Map<string, number>();
  for (const total of all) counts.set(total.currency, (counts.get(total.currency) ?? 0) + total.count);
  const currencies = [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  const currency =
    [one(search.currency), me.currency, currencies[0]].find((code) => code && currencies.includes(code)) ??
    me.currency;

  const money = (amount: string) => formatMoney(amount, currency);
  const mine = all.filter((total) => total.currency === currency);
  const total = sum(mine.map(({ amount }) => amount));
  const count = mine.reduce((acc, { count: n }) => acc + n, 0);
  const lastMonth = monthOf(period.to) > monthOf(present) ? monthOf(present) : monthOf(period.to);
  const months = monthsBetween(monthOf(period.from), lastMonth).map((month) => ({
    month,
    amount:
      monthly.data?.months.find((row) => row.month === month)?.totals.find((row) => row.currency === currency)
        ?.amount ?? '0',
  }));
  const behind = { from: period.from, to: period.to, currency, ...(ownerId ? { ownerId } : {}) };
  const percent = (amount: string) =>
    Number(total) > 0 && Number(amount) > 0
      ? new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 }).format(
          Number(amount) / Number(total),
        )
      : '';

  const inCurrency = <T extends { totals: { currency: string; amount: string; count: number }[] }>(
    rows: T[] | undefined,
  ) =>
    (rows ?? [])
      .flatMap((row) => {
        const found = row.totals.find((candidate) => candidate.currency === currency);
        return found ? [{ row, total: found }] : [];
      })
      .sort((a, b) => Number(b.total.amount) - Number(a.total.amount));
  const categories = inCurrency(byCategory.data?.categories);
  const meals = inCurrency(byMeal.data?.rows);
  const heat = inCurrency(byWeekday.data?.rows);
  const days = WEEKDAYS.map((key, i) => {
    const amount = sum(heat.filter(({ row }) => row.key.weekday === key).map((cell) => cell.total.amount));
    return { key, amount, full: weekdayName(i, 'long'), short: weekdayName(i, 'short') };
  });
  const busiest = days.reduce((most, day) => (Number(day.amount) > Number(most.amount) ? day : most));
  const heatOf = (day: string, meal: string | undefined) =>
    heat.find(({ row }) => row.key.weekday === day && row.key.mealType === meal)?.total.amount ?? '0';
  const month =
    period.from === firstDay(monthOf(period.from)) && period.to === lastDay(monthOf(period.from))
      ? monthOf(period.from)
      : undefined;
  const wholeYear = presetOf(period, present) === 'last12';
  const nothing = monthly.data && all.length === 0;
  const perMonth = months.length > 0 ? (Number(total) / months.length).toFixed(2) : '0';

  return (
    <Page
      title={t('nav.reports')}
      lead={
        monthly.data && !nothing ? (
          <>
            <strong className={classes.total}>{money(total)}</strong>{' '}
            {t('reports.lead', { count, range: formatRange(period.from, period.to) })}
          </>
        ) : (
          '\u00a0'
        )
      }
      actions={
        <>
          {currencies.length > 1 && (
            <SegmentedControl
              size="md"
              aria-label={t('form.currency')}
              value={currency}
              data={currencies.slice(0, 4)}
              onChange={(value) => change({ currency: value })}
            />
          )}
          {audit && (
            <Select
              aria-label={t('filter.owner')}
              placeholder={t('reports.everybody')}
              clearable
              w={200}
              value={ownerId ?? null}
              onChange={(value) => change({ ownerId: value ?? undefined })}
              data={[...accounts.values()].map((account) => ({
                value: account.id,
                label: account.displayName,
              }))}
            />
          )}
          <PeriodPicker period={period} onChange={(next) => change(next)} />
          {!nothing && <ChangedSince period={period} ownerId={ownerId} />}
          <Button
            variant="default"
            className={classes.print}
            px={12}
            aria-label={t('reports.print')}
            onClick={() => window.print()}
          >
            <IconPrinter size={19} />
          </Button>
        </>
      }
    >
      <IncompleteNotice of={[monthly.data, byCategory.data, byMeal.data, byWeekday.data]} />
      {audit && !nothing && (
        <div className={`${classes.audit} no-print`}>
          <Button
            component={Link}
            to="/audit/figure"
            search={behind as never}
            variant="default"
            leftSection={<IconListDetails size={18} />}
          >
            {t('madeOf.behind')}
          </Button>
          {ownerId && month && (
            <Button
              component={Link}
              to="/audit/replay"
              search={{ ownerId, month } as never}
              variant="default"
              leftSection={<IconMovie size={18} />}
            >
              {t('replay.open')}
            </Button>
          )}
          {ownerId && <ProofPackButton of={{ ownerId, from: period.from, to: period.to }} />}
        </div>
      )}
      {nothing ? (
        <EmptyState
          icon={<IconCalendar size={28} stroke={1.5} />}
          title={t('list.emptyRange', { range: formatRange(period.from, period.to) })}
          actions={
            <>
              {asOf && <Button onClick={() => travel(undefined)}>{t('asOf.backToNow')}</Button>}
              {!wholeYear && (
                <Button variant="default" onClick={() => change({ from: undefined, to: undefined })}>
                  {t('period.last12')}
                </Button>
              )}
            </>
          }
        >
          {asOf ? t('asOf.emptyPeriodLead') : wholeYear ? t('overview.emptyLead') : t('reports.empty')}
        </EmptyState>
      ) : (
        <div className={classes.grid}>
          <FigureCard
            className={classes.wide}
            title={
              months.length === 1
                ? t('reports.monthTitleOne', { amount: money(total) })
                : t('reports.monthTitle', { amount: money(perMonth) })
            }
            lead={t('reports.monthLead', { range: formatRange(period.from, period.to), currency })}
            pending={monthly.isPending}
            error={monthly.error}
            onRetry={() => void monthly.refetch()}
            table={{
              head: [t('common.month'), t('common.meals'), t('common.amount'), t('changes.column')],
              rows: months.map((row) => ({
                key: row.month,
                cells: [
                  <Link
                    key="link"
                    to="/expenses"
                    search={{ ...behind, from: firstDay(row.month), to: lastDay(row.month) } as never}
                  >
                    {formatMonth(row.month)}
                  </Link>,
                  monthly.data?.months
                    .find((m) => m.month === row.month)
                    ?.totals.find((x) => x.currency === currency)?.count ?? 0,
                  money(row.amount),
                  <ChangedInMonth
                    key="changed"
                    month={row.month}
                    search={changedSince({ from: firstDay(row.month), to: lastDay(row.month) }, ownerId)}
                  />,
                ],
              })),
            }}
          >
            <MonthBars months={months} currency={currency} search={ownerId ? { ownerId } : {}} />
          </FigureCard>
          <FigureCard
            title={t('reports.categoryTitle')}
            lead={t('reports.share', { currency })}
            pending={byCategory.isPending}
            error={byCategory.error}
            onRetry={() => void byCategory.refetch()}
            table={{
              head: [t('field.categoryId'), t('common.meals'), t('common.amount')],
              rows: categories.map(({ row, total: of }) => ({
                key: row.categoryId ?? 'none',
                cells: [row.name ?? t('common.uncategorised'), of.count, money(of.amount)],
              })),
            }}
          >
            <BarList
              bars={categories.map(({ row, total: of }) => ({
                key: row.categoryId ?? 'none',
                label: row.name ?? t('common.uncategorised'),
                value: money(of.amount),
                note: percent(of.amount),
                size: Number(of.amount),
                colour: row.colour,
                icon: <CategoryIcon category={row} size={34} />,
                search: { ...behind, categoryId: [row.categoryId ?? 'none'] },
              }))}
            />
          </FigureCard>
          <FigureCard
            title={t('reports.mealTitle')}
            lead={t('reports.share', { currency })}
            pending={byMeal.isPending}
            error={byMeal.error}
            onRetry={() => void byMeal.refetch()}
            table={{
              head: [t('field.mealType'), t('common.meals'), t('common.amount')],
              rows: meals.map(({ row, total: of }) => ({
                key: row.key.mealType ?? '',
                cells: [t(`meal.${row.key.mealType as MealType}`), of.count, money(of.amount)],
              })),
            }}
          >
            <BarList
              bars={meals.map(({ row, total: of }) => ({
                key: row.key.mealType ?? '',
                label: t(`meal.${row.key.mealType as MealType}`),
                value: money(of.amount),
                note: percent(of.amount),
                size: Number(of.amount),
                colour: '#a8552f',
                search: { ...behind, mealType: [row.key.mealType] },
              }))}
            />
          </FigureCard>
          <FigureCard
            className={classes.wide}
            title={t('reports.weekdayTitle', { day: busiest.full, share: percent(busiest.amount) })}
            lead={t('reports.weekdayLead', { currency })}
            pending={byWeekday.isPending}
            error={byWeekday.error}
            onRetry={() => void byWeekday.refetch()}
            table={{
              head: [t('field.mealType'), ...days.map((day) => day.short)],
              rows: meals.map(({ row }) => ({
                key: row.key.mealType ?? '',
                cells: [
                  t(`meal.${row.key.mealType as MealType}`),
                  ...days.map((day) => money(heatOf(day.key, row.key.mealType))),
                ],
              })),
            }}
          >
            <HeatMap
              caption={t('reports.weekdayLead', { currency })}
              columns={days}
              rows={meals.map(({ row }) => {
                const meal = t(`meal.${row.key.mealType as MealType}`);
                return {
                  key: row.key.mealType ?? '',
                  label: meal,
                  cells: days.map((day) => {
                    const amount = heatOf(day.key, row.key.mealType);
                    return {
                      key: day.key,
                      size: Number(amount),
                      short: formatMoneyShort(Number(amount), currency),
                      full: t('reports.cell', { day: day.full, meal, amount: money(amount) }),
                    };
                  }),
                };
              })}
            />
          </FigureCard>
        </div>
      )}
    </Page>
  );
}

function ChangedInMonth({ month, search }: { month: string; search?: object }) {
  const { t } = useTranslation();
  if (!search) return '–';
  return (
    <Link
      to="/changes"
      search={search as never}
      aria-label={t('changes.linkOf', { month: formatMonth(month) })}
      className={classes.changed}
    >
      {t('changes.what')}
    </Link>
  );
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** 0 is Monday. */
function weekdayName(index: number, width: 'long' | 'short'): string {
  return new Intl.DateTimeFormat(locale(), { weekday: width }).format(new Date(2024, 0, 1 + index));
}

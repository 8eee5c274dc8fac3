import { Button } from '@mantine/core';
import { IconListDetails, IconPlus, IconReceipt, IconUpload } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCategories } from '@/api/categories';
import { useAbilities } from '@/api/me';
import { Totals } from '@/components/ui/amount';
import { ChangedSince } from '@/components/ui/changed-since';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import { useAsOf, useTravel } from '@/lib/as-of';
import { formatRange } from '@/lib/dates';
import type { Expense } from '@/api/types';
import { useExpenses } from '../api/list-expenses';
import { useMonthTotals } from '../api/month-totals';
import { useOutbox } from '../api/outbox';
import { wouldMatch } from '../list-rows';
import { filterOf, isFiltered, readListSearch } from '../search';
import { useDeletion } from './deletion';
import { ExpenseList } from './expense-list';
import { FilterBar } from './filter-bar';
import { SelectionBar } from './selection-bar';
import classes from './expenses-page.module.css';

export function ExpensesPage() {
  const { t, i18n } = useTranslation();
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = readListSearch(raw);
  const { write, audit } = useAbilities();
  const list = useExpenses(search);
  const months = useMonthTotals(search);
  const categories = useCategories();
  const asOf = useAsOf();
  // what is on its way now was not there then
  const outgoing = useOutbox().filter((item) => !asOf && wouldMatch(item, search));
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = first?.totals.reduce((all, total) => all + total.count, 0) ?? 0;
  const deleteThem = useDeletion();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const chosenItems = items.filter(({ id }) => chosen.has(id));

  function choose(expenses: Expense[], range: boolean) {
    setChosen((before) => {
      const after = new Set(before);
      for (const { id } of expenses) if (range || !after.delete(id)) after.add(id);
      return after;
    });
  }

  const number = new Intl.NumberFormat(i18n.language);

  return (
    <Page
      title={t('list.title')}
      lead={
        <span className={classes.summary} role="status" data-stale={list.isPlaceholderData || undefined}>
          {first ? (
            <>
              <span>{t('list.count', { count, formatted: number.format(count) })}</span>
              {count > 0 && <Totals totals={first.totals} className={classes.totals} />}
            </>
          ) : (
            '\u00a0'
          )}
        </span>
      }
      actions={
        <>
          {search.from && search.to && (
            <ChangedSince period={{ from: search.from, to: search.to }} ownerId={search.ownerId} />
          )}
          {audit && count > 0 && (
            <Button
              component={Link}
              to="/audit/figure"
              search={filterOf(search) as never}
              variant="default"
              leftSection={<IconListDetails size={18} />}
            >
              {t('madeOf.behind')}
            </Button>
          )}
        </>
      }
    >
      <FilterBar search={search} />
      <IncompleteNotice of={[...(list.data?.pages ?? []), months.data, categories]} />
      {list.isPending ? (
        <RowSkeletons count={10} />
      ) : list.error && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : items.length === 0 && outgoing.length === 0 ? (
        <Nothing filtered={isFiltered(search)} range={formatRange(search.from, search.to)} write={write} />
      ) : (
        <div data-stale={list.isPlaceholderData || undefined} className={classes.list}>
          <ExpenseList
            items={items}
            outgoing={outgoing}
            monthTotals={months.totals}
            grouped={!search.sort || search.sort === 'spentOn'}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            failed={list.isFetchNextPageError}
            onMore={() => void list.fetchNextPage()}
            selected={typeof raw.expense === 'string' ? raw.expense : undefined}
            filterKey={JSON.stringify([search, asOf])}
            chosen={write && !asOf ? new Set(chosenItems.map(({ id }) => id)) : undefined}
            onChoose={choose}
            onDelete={(expense) => void deleteThem([expense])}
          />
        </div>
      )}
      {chosenItems.length > 0 && !asOf && (
        <SelectionBar
          expenses={chosenItems}
          onClear={() => setChosen(new Set())}
          onDelete={() => {
            setChosen(new Set());
            void deleteThem(chosenItems);
          }}
        />
      )}
    </Page>
  );
}

function Nothing({ filtered, range, write }: { filtered: boolean; range: string; write: boolean }) {
  const { t } = useTranslation();
  const asOf = useAsOf();
  const travel = useTravel();
  return (
    <EmptyState
      icon={<IconReceipt size={28} stroke={1.5} />}
      title={
        filtered
          ? range
            ? t('list.emptyRange', { range })
            : t('list.emptyFilter')
          : asOf
            ? t('asOf.emptyTitle')
            : t('list.emptyTitle')
      }
      actions={
        <>
          {asOf ? (
            <Button onClick={() => travel(undefined)}>{t('asOf.backToNow')}</Button>
          ) : (
            write && (
              <Button
                component={Link}
                to="."
                search={((before: object) => ({ ...before, add: '1' })) as never}
                leftSection={<IconPlus size={18} />}
              >
                {t('add.button')}
              </Button>
            )
          )}
          {filtered ? (
            <Button variant="default" component={Link} to="/expenses" search={{} as never}>
              {t('list.clear')}
            </Button>
          ) : (
            write &&
            !asOf && (
              <Button variant="default" component={Link} to="/import" leftSection={<IconUpload size={18} />}>
                {t('nav.import')}
              </Button>
            )
          )}
        </>
      }
    >
      {asOf
        ? t(filtered ? 'asOf.emptyFilterLead' : 'asOf.emptyLead')
        : write
          ? t(filtered ? 'list.emptyFilterLead' : 'list.emptyLead')
          : t(filtered ? 'list.emptyFilterLeadReading' : 'list.emptyLeadReading')}
    </EmptyState>
  );
}

import { Button } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCategories } from '@/api/categories';
import { Amount } from '@/components/ui/amount';
import { CategoryIcon } from '@/components/ui/category-icon';
import { Changing } from '@/components/ui/changing';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { Expense } from '@/api/types';
import { formatDayShort, formatInstant } from '@/lib/dates';
import { useExpenses } from '../api/list-expenses';
import { useRestoration } from './deletion';
import classes from './bin-page.module.css';

/** Deleted expenses. They stay, and can come back. */
export function BinPage() {
  const { t } = useTranslation();
  const bin = useExpenses({}, 'deleted');
  const items = bin.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('nav.bin')} lead={t('bin.lead')} width="text">
      <IncompleteNotice of={bin.data?.pages ?? []} />
      {bin.isPending ? (
        <RowSkeletons count={5} />
      ) : bin.error ? (
        <ErrorState error={bin.error} onRetry={() => void bin.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={<IconTrash size={28} stroke={1.5} />} title={t('bin.emptyTitle')}>
          {t('bin.emptyLead')}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {items.map((expense) => (
            <BinRow key={expense.id} expense={expense} />
          ))}
        </ul>
      )}
      {bin.hasNextPage && (
        <Button variant="default" loading={bin.isFetchingNextPage} onClick={() => void bin.fetchNextPage()}>
          {t('common.showMore')}
        </Button>
      )}
    </Page>
  );
}

function BinRow({ expense }: { expense: Expense }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const { bringBack, pending } = useRestoration();
  const name = expense.place ?? t(`meal.${expense.mealType}`);
  return (
    <li className={classes.row}>
      <CategoryIcon category={categories.byId.get(expense.categoryId ?? '')} />
      <span className={classes.words}>
        <Link
          to="."
          search={((before: object) => ({ ...before, expense: expense.id })) as never}
          resetScroll={false}
          className={classes.name}
        >
          {name}
        </Link>
        <span className={classes.quiet}>
          {formatDayShort(expense.spentOn)}
          {expense.deletedAt ? ` · ${t('bin.deletedAt', { when: formatInstant(expense.deletedAt) })}` : ''}
        </span>
      </span>
      <Amount amount={expense.amount} currency={expense.currency} named className={classes.amount} />
      <Changing>
        <Button
          variant="default"
          leftSection={<IconRestore size={17} />}
          loading={pending}
          aria-label={t('bin.restoreNamed', { name })}
          onClick={() => void bringBack({ id: expense.id, version: expense.version })}
        >
          {t('bin.restore')}
        </Button>
      </Changing>
    </li>
  );
}

import { Button, Select } from '@mantine/core';
import {
  IconArrowRight,
  IconArrowsDiff,
  IconCalendarDown,
  IconCalendarUp,
  IconPencil,
  IconPlus,
  IconRestore,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useAbilities, useMe } from '@/api/me';
import { Amount } from '@/components/ui/amount';
import { FieldChanges } from '@/components/ui/field-changes';
import { differences } from '@/components/ui/field-text';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { PeriodPicker } from '@/components/ui/period-picker';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { ExpenseChange, ExpenseChanges } from '@/api/types';
import { formatDayShort, formatInstant, formatRange } from '@/lib/dates';
import { compareInstants, endOfDay, formatMoment, readInstant, type Instant } from '@/lib/instants';
import { formatMoney, negate, sum } from '@/lib/money';
import { readPeriod } from '@/lib/period';
import { one } from '@/lib/search-params';
import { useChanges } from '../api/changes';
import { MomentDialog } from './moment-dialog';
import classes from './changes-page.module.css';

/** What changed in a period between two moments: the totals, and every expense that came, went or was amended. */
export function ChangesPage() {
  const { t, i18n } = useTranslation();
  const { audit } = useAbilities();
  const accounts = useAccounts();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const [choosing, setChoosing] = useState<'since' | 'until'>();

  const period = readPeriod(search, undefined, 'lastMonth');
  const since = readInstant(one(search.since) ?? '') ?? endOfDay(period.to);
  const until = readInstant(one(search.until) ?? '');
  const ownerId = audit ? one(search.ownerId) : undefined;
  const changes = useChanges({ ...period, since, until, ownerId });
  const pages = changes.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const range = formatRange(period.from, period.to);
  const sinceClosed = since === endOfDay(period.to) && !until;
  const untilText = until && formatMoment(until);

  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      resetScroll: false,
    });

  return (
    <Page
      title={sinceClosed ? t('changes.titleClosed', { range }) : t('changes.title', { range })}
      lead={t('changes.lead', { since: formatMoment(since), until: untilText ?? t('changes.now') })}
      actions={
        <>
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
        </>
      }
    >
      <div className={`${classes.between} no-print`}>
        <MomentButton
          name={t('changes.since')}
          value={formatMoment(since)}
          onClick={() => setChoosing('since')}
        />
        <IconArrowRight size={20} aria-hidden className={classes.arrow} />
        <MomentButton
          name={t('changes.until')}
          value={untilText ?? t('asOf.now')}
          onClick={() => setChoosing('until')}
        />
      </div>
      <IncompleteNotice of={pages} />
      {changes.isPending ? (
        <RowSkeletons count={6} />
      ) : changes.error && !changes.data ? (
        <ErrorState error={changes.error} onRetry={() => void changes.refetch()} />
      ) : (
        <>
          <Totals
            totals={pages[0]?.totals ?? []}
            since={formatMoment(since, 'short')}
            until={until ? formatMoment(until, 'short') : t('asOf.now')}
          />
          {items.length === 0 ? (
            <EmptyState
              icon={<IconArrowsDiff size={28} stroke={1.5} />}
              title={t('changes.emptyTitle', { range })}
            >
              {t('changes.emptyLead')}
            </EmptyState>
          ) : (
            <section aria-labelledby="changes-list">
              <h2 id="changes-list" className={classes.heading}>
                {changes.hasNextPage
                  ? t('changes.latest')
                  : t('changes.count', {
                      count: items.length,
                      formatted: new Intl.NumberFormat(i18n.language).format(items.length),
                    })}
                <Kinds items={items} whole={!changes.hasNextPage} />
              </h2>
              <ol className={classes.list}>
                {items.map((item) => (
                  <Change key={item.id} change={item} since={since} everybody={audit && !ownerId} />
                ))}
              </ol>
            </section>
          )}
        </>
      )}
      {changes.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          {t('common.showMore')}
        </Button>
      )}
      {choosing && (
        <MomentDialog
          title={choosing === 'since' ? t('changes.chooseSince') : t('changes.chooseUntil')}
          submit={t('changes.compare')}
          initial={choosing === 'since' ? since : until}
          onNow={
            choosing === 'until'
              ? () => {
                  setChoosing(undefined);
                  change({ until: undefined });
                }
              : undefined
          }
          onClose={() => setChoosing(undefined)}
          onChoose={(instant) => {
            setChoosing(undefined);
            change({ [choosing]: instant });
          }}
        />
      )}
    </Page>
  );
}

function MomentButton({ name, value, onClick }: { name: string; value: string; onClick: () => void }) {
  return (
    <button type="button" className={classes.moment} aria-haspopup="dialog" onClick={onClick}>
      <span className={classes.momentName}>{name}</span> <span className={classes.momentValue}>{value}</span>
    </button>
  );
}

/** By currency, which are never added together. */
function Totals({
  totals,
  since,
  until,
}: {
  totals: ExpenseChanges['totals'];
  since: string;
  until: string;
}) {
  const { t } = useTranslation();
  if (totals.length === 0) return null;
  return (
    <table className={classes.totals}>
      <caption className="sr">{t('changes.totals')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{since}</th>
          <th scope="col">{until}</th>
          <th scope="col">{t('changes.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ currency, before, after }) => {
          const difference = sum([after.amount, negate(before.amount)]);
          const meals = after.count - before.count;
          return (
            <tr key={currency}>
              <th scope="row">{currency}</th>
              <td>
                <Amount amount={before.amount} currency={currency} />
                <span className={classes.meals}>{t('common.mealCount', { count: before.count })}</span>
              </td>
              <td>
                <Amount amount={after.amount} currency={currency} />
                <span className={classes.meals}>{t('common.mealCount', { count: after.count })}</span>
              </td>
              <td className={classes.difference} data-same={Number(difference) === 0 || undefined}>
                <span className="num">
                  {formatMoney(difference, currency, { signDisplay: 'exceptZero' })}
                </span>
                <span className={classes.meals}>
                  {meals === 0
                    ? t('changes.sameCount')
                    : t(meals > 0 ? 'changes.moreMeals' : 'changes.fewerMeals', { count: Math.abs(meals) })}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const KINDS = ['added', 'changed', 'removed'] as const;

function Kinds({ items, whole }: { items: ExpenseChange[]; whole: boolean }) {
  const { t } = useTranslation();
  if (!whole) return null;
  const counted = KINDS.map((kind) => [kind, items.filter((item) => item.kind === kind).length] as const);
  return (
    <span className={classes.kinds}>
      {counted
        .flatMap(([kind, count]) => (count ? [t(`changes.counted.${kind}`, { count })] : []))
        .join(' · ')}
    </span>
  );
}

type Kind = 'recorded' | 'broughtBack' | 'movedIn' | 'changed' | 'movedOut' | 'deleted';

const GLYPHS: Record<Kind, Icon> = {
  recorded: IconPlus,
  broughtBack: IconRestore,
  movedIn: IconCalendarDown,
  changed: IconPencil,
  movedOut: IconCalendarUp,
  deleted: IconTrash,
};

/** What happened to it, as far as the period is concerned. */
function kindOf({ kind, before, after }: ExpenseChange, since: Instant): Kind {
  if (kind === 'changed') return 'changed';
  if (kind === 'removed') return after ? 'movedOut' : 'deleted';
  if (before) return 'movedIn';
  return after && compareInstants(after.recordedAt, since) <= 0 ? 'broughtBack' : 'recorded';
}

interface ChangeProps {
  change: ExpenseChange;
  since: Instant;
  /** Whether expenses of several people are told. */
  everybody: boolean;
}

function Change({ change, since, everybody }: ChangeProps) {
  const { t } = useTranslation();
  const me = useMe();
  const accounts = useAccounts();
  const { before, after } = change;
  const expense = after ?? before;
  if (!expense) return null;
  const kind = kindOf(change, since);
  const Glyph = GLYPHS[kind];
  const who =
    change.actorId === me.id
      ? t('history.you')
      : (accounts.get(change.actorId)?.displayName ?? t('history.someone'));
  const differing = before && after ? differences(before, after) : [];
  const sameAmount =
    before && after && before.currency === after.currency && sum([before.amount]) === sum([after.amount]);
  return (
    <li className={classes.change} data-kind={change.kind}>
      <span className={classes.glyph}>
        <Glyph size={17} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <Link
            to="."
            search={((old: object) => ({ ...old, expense: expense.id, pane: 'history' })) as never}
            resetScroll={false}
            className={classes.name}
          >
            {expense.place ?? expense.purpose ?? t(`meal.${expense.mealType}`)}
          </Link>
          <span className={classes.amounts}>
            {before && !sameAmount && (
              <del>
                <Amount amount={before.amount} currency={before.currency} />
              </del>
            )}
            {before && after && !sameAmount && <IconArrowRight size={14} aria-label={t('history.became')} />}
            {after && (
              <Amount amount={after.amount} currency={after.currency} named className={classes.after} />
            )}
          </span>
        </div>
        <p className={classes.quiet}>
          <strong className={classes.kind}>{t(`changes.kind.${kind}`)}</strong>
          {' · '}
          {formatDayShort(expense.spentOn)}
          {everybody &&
            change.actorId !== expense.ownerId &&
            ` · ${accounts.get(expense.ownerId)?.displayName ?? t('history.someone')}`}
          {` · ${t('changes.last', { who, when: formatInstant(change.at) })}`}
        </p>
        {change.reason && <p className={classes.reason}>“{change.reason}”</p>}
        {before && after && differing.length > 0 && (
          <FieldChanges changes={differing} was={before.currency} is={after.currency} />
        )}
      </div>
    </li>
  );
}

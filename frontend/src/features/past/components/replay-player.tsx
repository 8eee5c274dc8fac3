import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import {
  IconHistory,
  IconListSearch,
  IconPencil,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
  IconPlus,
  IconRestore,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { FieldChanges } from '@/components/ui/field-changes';
import { differences } from '@/components/ui/field-text';
import type { Expense, ExpenseStep } from '@/api/types';
import { firstDay, formatDay, formatInstantExact, lastDay, type Month } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { formatMoney, negate, sum } from '@/lib/money';
import { SPEEDS, usePlayer, usePlayerKeys, type Speed } from '../player';
import { RunningTotal } from './running-total';
import classes from './replay-player.module.css';

interface Props {
  /** Those that are here already, from the first. */
  steps: ExpenseStep[];
  total: number;
  /** Where it begins: after how many steps. */
  start: number;
  period: Month;
  ownerId: string;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

/** Steps ahead of the one that is shown that are fetched before they are wanted. */
const AHEAD = 120;

export function ReplayPlayer({ steps, total, start, period, ownerId, loading, failed, onMore }: Props) {
  const { t } = useTranslation();
  const loaded = steps.length;
  const player = usePlayer({ total, loaded, start });
  usePlayerKeys(player, total);
  const { at, playing, goTo, toggle, speed, setSpeed } = player;

  const wantsMore = loaded < total && at + AHEAD > loaded;
  useEffect(() => {
    if (wantsMore && !loading && !failed) onMore();
  }, [wantsMore, loading, failed, onMore]);

  const step = at > 0 ? steps[at - 1] : undefined;
  const missing = at > loaded;
  const number = new Intl.NumberFormat(locale());
  const place = t('replay.stepOf', { at: number.format(at), total: number.format(total) });
  // the last ones that are known, while those wanted are on their way
  const totals = (step ?? (missing ? steps.at(-1) : undefined))?.totals ?? [];
  const before = at > 1 ? steps[at - 2]?.totals : [];
  const currencies = useMemo(
    () => [...new Set(steps.flatMap((one) => one.totals.map(({ currency }) => currency)))],
    [steps],
  );

  return (
    <>
      <section className={classes.report} aria-label={t('replay.report')} data-waiting={missing || undefined}>
        {(currencies.length ? currencies : ['']).map((currency) => {
          const now = totals.find((one) => one.currency === currency) ?? { amount: '0', count: 0 };
          const then = before?.find((one) => one.currency === currency)?.amount ?? '0';
          const gap = step ? sum([now.amount, negate(then)]) : '0';
          return currency ? (
            <div key={currency} className={classes.total}>
              <span className={`${classes.amount} num`}>{formatMoney(now.amount, currency)}</span>
              <span className={classes.count}>
                {t('common.mealCount', { count: now.count })}
                {Number(gap) !== 0 && (
                  <strong className={classes.gap}>
                    {formatMoney(gap, currency, { signDisplay: 'exceptZero' })}
                  </strong>
                )}
              </span>
            </div>
          ) : null;
        })}
      </section>

      <div className={classes.deck}>
        <RunningTotal steps={steps} total={total} at={at} currency={currencies[0]} />
        <input
          type="range"
          className={classes.slider}
          style={
            {
              '--at': `${(at / Math.max(1, total)) * 100}%`,
              '--loaded': `${(loaded / Math.max(1, total)) * 100}%`,
            } as CSSProperties
          }
          min={0}
          max={total}
          value={at}
          aria-label={t('replay.slider')}
          aria-valuetext={place}
          onChange={(event) => goTo(Number(event.currentTarget.value))}
        />
        <div className={classes.controls}>
          <div className={classes.buttons}>
            <Control
              glyph={IconPlayerSkipBackFilled}
              label={t('replay.first')}
              off={at === 0}
              onClick={() => goTo(0)}
            />
            <Control
              glyph={IconPlayerTrackPrevFilled}
              label={t('replay.previous')}
              off={at === 0}
              onClick={() => goTo(at - 1)}
            />
            <button
              type="button"
              className={classes.play}
              aria-label={playing ? t('replay.pause') : t('replay.play')}
              onClick={toggle}
            >
              {playing ? <IconPlayerPauseFilled size={24} /> : <IconPlayerPlayFilled size={24} />}
            </button>
            <Control
              glyph={IconPlayerTrackNextFilled}
              label={t('replay.next')}
              off={at === total}
              onClick={() => goTo(at + 1)}
            />
            <Control
              glyph={IconPlayerSkipForwardFilled}
              label={t('replay.last')}
              off={at === total}
              onClick={() => goTo(total)}
            />
          </div>
          <span className={`${classes.place} num`}>{place}</span>
          <SegmentedControl
            size="md"
            aria-label={t('replay.speed')}
            value={String(speed)}
            onChange={(value) => setSpeed(Number(value) as Speed)}
            data={SPEEDS.map((one) => ({ value: String(one), label: t('replay.perSecond', { count: one }) }))}
          />
        </div>
      </div>

      <section
        className={classes.event}
        aria-label={t('replay.event')}
        aria-live={playing ? 'off' : 'polite'}
        aria-busy={missing}
      >
        {failed && missing ? (
          <div className={classes.waiting} role="alert">
            <p>{t('replay.moreFailed')}</p>
            <Button variant="default" onClick={onMore}>
              {t('common.tryAgain')}
            </Button>
          </div>
        ) : missing ? (
          <div className={classes.waiting}>
            <p role="status">
              {t('replay.loading', { loaded: number.format(loaded), total: number.format(total) })}
            </p>
            <Skeleton height={16} width="50%" />
            <Skeleton height={12} width="35%" mt="sm" />
          </div>
        ) : step ? (
          <Event step={step} period={period} ownerId={ownerId} />
        ) : (
          <p className={classes.beginning}>{t('replay.beginning')}</p>
        )}
      </section>
    </>
  );
}

interface ControlProps {
  glyph: Icon;
  label: string;
  off: boolean;
  onClick: () => void;
}

/** Stays in the tab order at the end of its way, so that the focus is not lost there. */
function Control({ glyph: Glyph, label, off, onClick }: ControlProps) {
  return (
    <button
      type="button"
      className={classes.control}
      aria-label={label}
      title={label}
      aria-disabled={off || undefined}
      onClick={onClick}
    >
      <Glyph size={19} />
    </button>
  );
}

const GLYPHS: Record<string, Icon> = {
  MealExpenseRecorded: IconPlus,
  MealExpenseAmended: IconPencil,
  MealExpenseDeleted: IconTrash,
  MealExpenseRestored: IconRestore,
};

const NOTHING = { tags: [], attendees: [] } as unknown as Expense;

function Event({ step, period, ownerId }: { step: ExpenseStep; period: Month; ownerId: string }) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const words: Record<string, string> = {
    MealExpenseRecorded: t('audit.event.MealExpenseRecorded'),
    MealExpenseAmended: t('audit.event.MealExpenseAmended'),
    MealExpenseDeleted: t('audit.event.MealExpenseDeleted'),
    MealExpenseRestored: t('audit.event.MealExpenseRestored'),
  };
  const { before, after } = step;
  const expense = after ?? before;
  const Glyph = GLYPHS[step.event] ?? IconPencil;
  const changes = expense ? differences(before ?? NOTHING, after ?? NOTHING) : [];
  return (
    <>
      <header className={classes.head}>
        <span className={classes.glyph} data-event={step.event}>
          <Glyph size={20} stroke={1.8} aria-hidden />
        </span>
        <div className={classes.words}>
          <h2>
            {words[step.event] ?? step.event}
            {expense && (
              <span className={classes.what}>
                {expense.place ?? expense.purpose ?? t(`meal.${expense.mealType}`)}
                {` · ${formatDay(expense.spentOn)}`}
              </span>
            )}
          </h2>
          <p>
            <time dateTime={step.at}>{formatInstantExact(step.at)}</time>
            {` · ${accounts.get(step.actorId)?.displayName ?? t('history.someone')} · `}
            {t('history.inTheLog', { position: new Intl.NumberFormat(locale()).format(step.position) })}
          </p>
        </div>
      </header>
      {step.reason && <p className={classes.reason}>“{step.reason}”</p>}
      {changes.length > 0 && <FieldChanges changes={changes} was={before?.currency} is={after?.currency} />}
      <p className={classes.links}>
        <Link to="/audit" search={{ subjectId: step.expenseId } as never}>
          <IconListSearch size={17} aria-hidden /> {t('replay.inExplorer')}
        </Link>
        <Link
          to="/reports"
          search={{ from: firstDay(period), to: lastDay(period), ownerId, asOf: step.at } as never}
        >
          <IconHistory size={17} aria-hidden /> {t('replay.asOf')}
        </Link>
      </p>
    </>
  );
}

import {
  ActionIcon,
  Button,
  CloseButton,
  Drawer,
  Menu,
  SegmentedControl,
  Skeleton,
  Tooltip,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDotsVertical, IconHistory, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useCategories } from '@/api/categories';
import { useAbilities, useMe } from '@/api/me';
import { isProblem } from '@/api/problem';
import { Amount } from '@/components/ui/amount';
import { Changing, useReadOnly } from '@/components/ui/changing';
import { CategoryIcon } from '@/components/ui/category-icon';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { EmptyState, ErrorState } from '@/components/ui/states';
import type { Expense } from '@/api/types';
import { useAsOf, useTravel } from '@/lib/as-of';
import { formatDay } from '@/lib/dates';
import { formatMoment } from '@/lib/instants';
import { formatMoney } from '@/lib/money';
import { useExpense } from '../api/get-expense';
import { AmendPane } from './amend-pane';
import { useDeletion, useRestoration } from './deletion';
import { HistoryPane } from './history-pane';
import classes from './expense-drawer.module.css';

interface Props {
  id: string;
  pane?: string;
  onChange: (part: object, replace?: boolean) => unknown;
  onClose: () => void;
}

/** Stands beside the list on a wide screen and covers it on a phone. */
export function ExpenseDrawer({ id, pane, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 61.99em)') ?? false;
  const expense = useExpense(id);
  const asOf = useAsOf();
  const gone = isProblem(expense.error) && expense.error.status === 410 ? expense.error : undefined;

  useEffect(() => {
    document.documentElement.dataset.drawer = 'open';
    return () => void delete document.documentElement.dataset.drawer;
  }, []);

  return (
    <Frame phone={phone} label={t('expense.details')} onClose={onClose}>
      {asOf && (
        <p className={classes.asOf}>
          <IconHistory size={17} aria-hidden /> {t('asOf.label')} {formatMoment(asOf)}
        </p>
      )}
      {expense.data && !gone ? (
        <Loaded expense={expense.data} pane={pane} onChange={onChange} onClose={onClose} />
      ) : (
        <>
          <div className={classes.bar}>
            <CloseButton aria-label={t('common.close')} onClick={onClose} />
          </div>
          {gone ? (
            <Deleted id={id} version={gone.version} />
          ) : asOf && isProblem(expense.error, 'not-found') ? (
            <NotYet />
          ) : expense.error ? (
            <ErrorState error={expense.error} onRetry={() => void expense.refetch()} />
          ) : (
            <div aria-busy className={classes.loading}>
              <Skeleton width={52} height={52} radius={15} />
              <Skeleton height={34} width="55%" mt="md" />
              <Skeleton height={14} width="40%" mt="md" />
              <Skeleton height={180} mt="xl" radius="md" />
            </div>
          )}
        </>
      )}
    </Frame>
  );
}

/** A sheet over the whole phone; beside a list that stays usable everywhere else. */
function Frame({
  phone,
  label,
  onClose,
  children,
}: {
  phone: boolean;
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (phone) return;
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      // what floats above the panel closes first, and a field elsewhere keeps its own Escape
      if (target.closest('[role=menu], [role=dialog], [role=listbox]') || target.ariaExpanded === 'true')
        return;
      if (target.matches('input, textarea') && !panel.current?.contains(target)) return;
      close.current();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      before?.focus({ preventScroll: true });
    };
  }, [phone]);
  if (phone) {
    return (
      <Drawer.Root opened onClose={onClose} position="right" size="100%" padding={0} zIndex={220}>
        <Drawer.Content aria-label={label}>
          <Drawer.Body className={classes.body}>{children}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    );
  }
  return (
    <aside ref={panel} className={`${classes.panel} ${classes.body}`} aria-label={label} tabIndex={-1}>
      {children}
    </aside>
  );
}

/** At that moment nobody had recorded it. */
function NotYet() {
  const { t } = useTranslation();
  const travel = useTravel();
  return (
    <EmptyState
      icon={<IconHistory size={28} stroke={1.5} />}
      title={t('asOf.notYetTitle')}
      actions={
        <Button variant="default" onClick={() => travel(undefined)}>
          {t('asOf.backToNow')}
        </Button>
      }
    >
      {t('asOf.notYetLead')}
    </EmptyState>
  );
}

/** Deleted expenses keep their history and can come back with all they carried, or as they were before that. */
function Deleted({ id, version }: { id: string; version?: number }) {
  const { t } = useTranslation();
  const { write } = useAbilities();
  const { bringBack, pending } = useRestoration();
  return (
    <div className={classes.deleted}>
      <h2 className={classes.place}>{t('expense.deletedTitle')}</h2>
      <p>{t('expense.deletedLead')}</p>
      {write && version !== undefined && (
        <Changing>
          <Button loading={pending} onClick={() => void bringBack({ id, version })}>
            {t('expense.bringBack')}
          </Button>
        </Changing>
      )}
      <div className={classes.past}>
        <HistoryPane id={id} mine={write} />
      </div>
    </div>
  );
}

function Loaded({
  expense,
  pane,
  onChange,
  onClose,
}: {
  expense: Expense;
  pane?: string;
  onChange: Props['onChange'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const { write } = useAbilities();
  const mine = write && expense.ownerId === me.id;
  const deleteThem = useDeletion();
  const readOnly = useReadOnly();
  const categories = useCategories();
  const category = categories.byId.get(expense.categoryId ?? '');
  const title = expense.place ?? expense.purpose ?? t(`meal.${expense.mealType}`);

  if (pane === 'edit' && mine && !readOnly) {
    return <AmendPane expense={expense} onDone={() => onChange({ pane: undefined }, true)} />;
  }

  return (
    <>
      <div className={classes.bar}>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
        {mine && (
          <div className={classes.tools}>
            <Changing>
              <Button
                variant="default"
                leftSection={<IconPencil size={17} />}
                onClick={() => onChange({ pane: 'edit' })}
              >
                {t('expense.amend')}
              </Button>
            </Changing>
            {readOnly ? (
              <Changing>
                <ActionIcon aria-label={t('common.moreActions')}>
                  <IconDotsVertical size={20} />
                </ActionIcon>
              </Changing>
            ) : (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Tooltip label={t('common.moreActions')} position="left">
                    <ActionIcon aria-label={t('common.moreActions')}>
                      <IconDotsVertical size={20} />
                    </ActionIcon>
                  </Tooltip>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconTrash size={17} />}
                    onClick={() => {
                      onClose();
                      void deleteThem([expense]);
                    }}
                  >
                    {t('common.delete')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        )}
      </div>
      <header className={classes.header}>
        <CategoryIcon category={category} size={52} />
        <Amount amount={expense.amount} currency={expense.currency} named className={classes.amount} />
        <h2 className={classes.place}>{title}</h2>
        <p className={classes.when}>
          {formatDay(expense.spentOn)}
          {expense.spentAt ? ` · ${expense.spentAt}` : ''}
        </p>
      </header>
      <SegmentedControl
        fullWidth
        size="md"
        mb="lg"
        value={pane === 'history' ? 'history' : 'details'}
        onChange={(value) => onChange({ pane: value === 'history' ? 'history' : undefined }, true)}
        data={[
          { value: 'details', label: t('expense.details') },
          { value: 'history', label: t('expense.history') },
        ]}
        aria-label={t('expense.view')}
      />
      {pane === 'history' ? (
        <HistoryPane id={expense.id} mine={mine} />
      ) : (
        <>
          <IncompleteNotice of={[expense]} kind="changes" />
          <Facts expense={expense} />
        </>
      )}
    </>
  );
}

function Facts({ expense }: { expense: Expense }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const accounts = useAccounts();
  const money = (amount?: string) => (amount ? formatMoney(amount, expense.currency) : undefined);
  const owner = accounts.get(expense.ownerId);
  const facts: [string, string | undefined][] = [
    [t('field.owner'), owner?.displayName],
    [t('field.mealType'), t(`meal.${expense.mealType}`)],
    [t('field.categoryId'), categories.byId.get(expense.categoryId ?? '')?.name ?? t('common.uncategorised')],
    [t('field.orderType'), expense.orderType && t(`order.${expense.orderType}`)],
    [t('field.tip'), money(expense.tip)],
    [t('field.tax'), money(expense.tax)],
    [t('field.attendees'), expense.attendees.join(', ')],
    [t('field.partySize'), expense.partySize === undefined ? undefined : String(expense.partySize)],
    [t('field.tags'), expense.tags.map((tag) => `#${tag}`).join(' ')],
    [t('field.purpose'), expense.purpose],
    [t('field.notes'), expense.notes],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

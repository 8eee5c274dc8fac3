import {
  Button,
  Checkbox,
  CloseButton,
  Group,
  Menu,
  Popover,
  Stack,
  TextInput,
  Tooltip,
  ActionIcon,
} from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { toast } from '@/components/ui/toast';
import { IconArrowsSort, IconCheck, IconChevronDown, IconDownload, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useCategories } from '@/api/categories';
import { useAbilities, useMe } from '@/api/me';
import { CategoryIcon } from '@/components/ui/category-icon';
import { useProblemText } from '@/components/ui/states';
import { MEAL_TYPES, SORTS } from '@/api/types';
import { usePresentDay } from '@/lib/as-of';
import { addDays, addMonths, firstDay, formatMonth, formatRange, lastDay, monthOf } from '@/lib/dates';
import { formatMoney, parseAmount } from '@/lib/money';
import { useExportExpenses } from '../api/export-expenses';
import { useTags } from '../api/places';
import { DEFAULT_SORT, isFiltered, type ListSearch } from '../search';
import classes from './filter-bar.module.css';
import '@mantine/dates/styles.css';

export function FilterBar({ search }: { search: ListSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { audit } = useAbilities();
  const accounts = useAccounts();
  const categories = useCategories();
  const tags = useTags();
  const exporting = useExportExpenses();
  const problemText = useProblemText();

  const change = (part: Partial<ListSearch>, replace = false) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      replace,
      resetScroll: false,
    });

  const categoryNames = search.categoryId?.map((id) =>
    id === 'none' ? t('common.uncategorised') : (categories.byId.get(id)?.name ?? '…'),
  );
  const mealNames = search.mealType?.map((meal) => t(`meal.${meal}`));
  const sort = search.sort ?? DEFAULT_SORT;

  return (
    <div className={`${classes.bar} no-print`} role="search">
      <div className={classes.line}>
        <SearchField value={search.q ?? ''} onChange={(q) => change({ q: q || undefined }, true)} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              className={classes.sort}
              leftSection={<IconArrowsSort size={17} />}
              aria-label={`${t('list.sort')}: ${t(`sort.${sort}`)}`}
            >
              <span className={classes.sortName}>{t(`sort.${sort}`)}</span>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SORTS.map((option) => (
              <Menu.Item
                key={option}
                leftSection={
                  option === sort ? <IconCheck size={16} /> : <span style={{ width: 16, display: 'block' }} />
                }
                onClick={() =>
                  change({
                    sort: option === DEFAULT_SORT ? undefined : option,
                    ...(option.endsWith('amount') && !search.currency ? { currency: me.currency } : {}),
                  })
                }
              >
                {t(`sort.${option}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Tooltip label={t('list.exportHint')}>
          <ActionIcon
            variant="default"
            aria-label={t('list.export')}
            loading={exporting.isPending}
            onClick={() =>
              exporting.mutate(search, {
                onSuccess: ({ incomplete }) => {
                  if (incomplete)
                    toast.show({
                      title: t('incomplete.export'),
                      message: t('incomplete.kept'),
                      autoClose: false,
                    });
                },
                onError: (error) =>
                  toast.show({
                    color: 'red',
                    title: t('list.exportFailed'),
                    message: problemText(error),
                  }),
              })
            }
          >
            <IconDownload size={19} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.chips}>
        <FilterChip
          label={t('filter.date')}
          value={formatRange(search.from, search.to) || undefined}
          onClear={() => change({ from: undefined, to: undefined })}
        >
          {(close) => (
            <DateFilter
              from={search.from}
              to={search.to}
              onChange={(from, to) => {
                change({ from, to });
                close();
              }}
            />
          )}
        </FilterChip>
        <FilterChip
          label={t('filter.mealType')}
          value={mealNames?.join(', ')}
          onClear={() => change({ mealType: undefined })}
        >
          <CheckList
            options={MEAL_TYPES.map((meal) => ({ value: meal, label: t(`meal.${meal}`) }))}
            chosen={search.mealType ?? []}
            onChange={(mealType) => change({ mealType: mealType.length ? mealType : undefined }, true)}
          />
        </FilterChip>
        <FilterChip
          label={t('filter.category')}
          value={categoryNames?.join(', ')}
          onClear={() => change({ categoryId: undefined })}
        >
          <CheckList
            note={audit && !search.ownerId ? t('filter.categoryOfWhom') : undefined}
            options={[
              ...categories.all
                .filter((category) => !audit || category.ownerId === search.ownerId)
                .filter((category) => !category.archived || search.categoryId?.includes(category.id))
                .map((category) => ({
                  value: category.id,
                  label: category.name,
                  icon: <CategoryIcon category={category} size={26} />,
                })),
              { value: 'none', label: t('common.uncategorised'), icon: <CategoryIcon size={26} /> },
            ]}
            chosen={search.categoryId ?? []}
            onChange={(categoryId) =>
              change({ categoryId: categoryId.length ? categoryId : undefined }, true)
            }
          />
        </FilterChip>
        <FilterChip
          label={t('filter.amount')}
          value={amountText(search, me.currency)}
          onClear={() => change({ minAmount: undefined, maxAmount: undefined })}
        >
          {(close) => (
            <AmountFilter
              search={search}
              onChange={(part) => {
                change(part);
                close();
              }}
            />
          )}
        </FilterChip>
        {((tags.data?.length ?? 0) > 0 || search.tag) && (
          <FilterChip
            label={t('filter.tag')}
            value={search.tag?.map((tag) => `#${tag}`).join(' ')}
            onClear={() => change({ tag: undefined })}
          >
            <CheckList
              options={(tags.data ?? []).map((tag) => ({ value: tag.name, label: `#${tag.name}` }))}
              chosen={search.tag ?? []}
              onChange={(tag) => change({ tag: tag.length ? tag : undefined }, true)}
            />
          </FilterChip>
        )}
        {search.currency && (
          <FilterChip
            label={t('filter.currency')}
            value={search.currency}
            onClear={() =>
              change({ currency: undefined, ...(search.sort?.endsWith('amount') ? { sort: undefined } : {}) })
            }
          />
        )}
        {audit && (
          <FilterChip
            label={t('filter.owner')}
            value={search.ownerId && (accounts.get(search.ownerId)?.displayName ?? search.ownerId)}
            onClear={() => change({ ownerId: undefined })}
          >
            <CheckList
              options={[...accounts.values()].map((account) => ({
                value: account.id,
                label: account.displayName,
              }))}
              chosen={search.ownerId ? [search.ownerId] : []}
              onChange={(ids) => change({ ownerId: ids.at(-1) }, true)}
            />
          </FilterChip>
        )}
        {isFiltered(search) && (
          <Button
            variant="subtle"
            color="gray"
            h={44}
            px="sm"
            onClick={() =>
              void navigate({ to: '/expenses', search: { sort: search.sort } as never, resetScroll: false })
            }
          >
            {t('list.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

function amountText(search: ListSearch, fallback: string): string | undefined {
  const currency = search.currency ?? fallback;
  const show = (amount: string) => formatMoney(amount, currency, { minimumFractionDigits: 0 });
  if (search.minAmount && search.maxAmount) return `${show(search.minAmount)} – ${show(search.maxAmount)}`;
  if (search.minAmount) return `≥ ${show(search.minAmount)}`;
  if (search.maxAmount) return `≤ ${show(search.maxAmount)}`;
  return undefined;
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setKnown(text.trim());
      onChange(text.trim());
    }, 220);
  };
  return (
    <TextInput
      className={classes.search}
      type="search"
      id="expense-search"
      aria-label={t('list.search')}
      placeholder={t('list.searchHint')}
      leftSection={<IconSearch size={18} />}
      rightSection={
        typed ? (
          <CloseButton size={36} aria-label={t('list.searchClear')} onClick={() => later('')} />
        ) : (
          <kbd className={classes.key}>/</kbd>
        )
      }
      rightSectionWidth={44}
      value={typed}
      onChange={(event) => later(event.currentTarget.value)}
    />
  );
}

interface ChipProps {
  label: string;
  value?: string;
  onClear: () => void;
  children?: ReactNode | ((close: () => void) => ReactNode);
}

/** A filter that says what it does. */
function FilterChip({ label, value, onClear, children }: ChipProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <span className={classes.chip} data-active={Boolean(value) || undefined}>
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-start"
        trapFocus
        returnFocus
        shadow="none"
        transitionProps={{ duration: 100 }}
      >
        <Popover.Target>
          <button
            type="button"
            className={classes.chipButton}
            aria-label={value ? `${label}: ${value}` : label}
            onClick={() => setOpen(!open)}
            disabled={!children}
          >
            <span className={classes.chipText}>{value ?? label}</span>
            {!value && <IconChevronDown size={15} />}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown}>
          {typeof children === 'function' ? children(close) : children}
        </Popover.Dropdown>
      </Popover>
      {value && (
        <CloseButton
          size={40}
          iconSize={15}
          aria-label={t('filter.remove', { name: label })}
          onClick={onClear}
          className={classes.clear}
        />
      )}
    </span>
  );
}

interface CheckListProps<T extends string> {
  note?: string;
  options: { value: T; label: string; icon?: ReactNode }[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
}

function CheckList<T extends string>({ note, options, chosen, onChange }: CheckListProps<T>) {
  return (
    <Stack gap={0} mah={360} style={{ overflowY: 'auto' }}>
      {note && <p className={classes.note}>{note}</p>}
      {options.map((option) => (
        <label key={option.value} className={classes.option}>
          <Checkbox
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, option.value]
                  : chosen.filter((value) => value !== option.value),
              )
            }
            aria-label={option.label}
          />
          {option.icon}
          <span>{option.label}</span>
        </label>
      ))}
    </Stack>
  );
}

interface DateFilterProps {
  from?: string;
  to?: string;
  onChange: (from: string | undefined, to: string | undefined) => void;
}

function DateFilter({ from, to, onChange }: DateFilterProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState<[string | null, string | null]>([from ?? null, to ?? null]);
  const now = usePresentDay();
  const month = monthOf(now);
  const before = addMonths(month, -1);
  const presets: [string, string, string][] = [
    [t('period.last7'), addDays(now, -6), now],
    [formatMonth(month, { month: 'long' }), firstDay(month), lastDay(month)],
    [formatMonth(before, { month: 'long' }), firstDay(before), lastDay(before)],
    [t('period.thisYear'), `${now.slice(0, 4)}-01-01`, `${now.slice(0, 4)}-12-31`],
  ];
  return (
    <>
      <div className={classes.presets}>
        {presets.map(([name, start, end]) => (
          <Button key={name} variant="default" size="sm" h={44} onClick={() => onChange(start, end)}>
            {name}
          </Button>
        ))}
      </div>
      <DatePicker
        type="range"
        allowSingleDateInRange
        size="md"
        firstDayOfWeek={1}
        weekendDays={[]}
        value={range}
        defaultDate={to ?? from ?? now}
        onChange={(next) => {
          setRange(next);
          if (next[0] && next[1]) onChange(next[0], next[1]);
        }}
        ariaLabels={{ nextMonth: t('form.nextMonth'), previousMonth: t('form.previousMonth') }}
      />
    </>
  );
}

function AmountFilter({
  search,
  onChange,
}: {
  search: ListSearch;
  onChange: (part: Partial<ListSearch>) => void;
}) {
  const { t } = useTranslation();
  const [min, setMin] = useState(search.minAmount ?? '');
  const [max, setMax] = useState(search.maxAmount ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ minAmount: parseAmount(min), maxAmount: parseAmount(max) });
      }}
    >
      <Group wrap="nowrap" w={280}>
        <TextInput
          label={t('filter.min')}
          inputMode="decimal"
          value={min}
          onChange={(event) => setMin(event.currentTarget.value)}
        />
        <TextInput
          label={t('filter.max')}
          inputMode="decimal"
          value={max}
          onChange={(event) => setMax(event.currentTarget.value)}
        />
      </Group>
      <Button type="submit" fullWidth mt="sm">
        {t('filter.apply')}
      </Button>
    </form>
  );
}

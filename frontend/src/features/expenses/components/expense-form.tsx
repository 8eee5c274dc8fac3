import { zodResolver } from '@hookform/resolvers/zod';
import {
  Autocomplete,
  Button,
  Collapse,
  Group,
  Menu,
  Popover,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCalendar, IconChevronDown, IconMapPin } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCategories } from '@/api/categories';
import type { Problem } from '@/api/problem';
import { MEAL_TYPES, ORDER_TYPES, type Place } from '@/api/types';
import { CategoryIcon } from '@/components/ui/category-icon';
import { useServerErrors } from '@/components/ui/server-errors';
import { addDays, formatDay, formatDayShort, today } from '@/lib/dates';
import { currencies, currencyName, currencySymbol, fractionDigits } from '@/lib/money';
import { readJson, writeJson } from '@/lib/storage';
import { usePlaces, useTags } from '../api/places';
import { FIELDS, formSchema, MORE_FIELDS, type FormValues } from '../form-values';
import classes from './expense-form.module.css';
import '@mantine/dates/styles.css';

interface Props {
  initial: FormValues;
  problem?: Problem;
  /** Correcting something that is on record: asks for a reason, offers no guesses. */
  amending?: boolean;
  onChange?: (values: FormValues) => void;
  onSubmit: (values: FormValues) => void | Promise<void>;
  footer: ReactNode;
}

const MORE_OPEN = 'met.form.more';

export function ExpenseForm({ initial, problem, amending = false, onChange, onSubmit, footer }: Props) {
  const { t } = useTranslation();
  const { control, register, handleSubmit, formState, setValue, setError, subscribe } = useForm<FormValues>({
    defaultValues: initial,
    resolver: zodResolver(formSchema),
  });
  const { errors } = formState;
  const [more, setMore] = useState(() => readJson<boolean>('local', MORE_OPEN) ?? false);
  const [guessed, setGuessed] = useState(false);
  const categories = useCategories();
  const [place, categoryId, spentOn, currency, refund] = useWatch({
    control,
    name: ['place', 'categoryId', 'spentOn', 'currency', 'refund'],
  });
  const [placeQuery] = useDebouncedValue(place.trim(), 150);
  const places = usePlaces(placeQuery);
  const tags = useTags();

  useServerErrors(problem, FIELDS, setError);
  const wrongBelow = MORE_FIELDS.some((field) => errors[field]);
  const showMore = more || wrongBelow;

  useEffect(
    () =>
      subscribe({ formState: { values: true }, callback: ({ values }) => onChange?.(values as FormValues) }),
    [subscribe, onChange],
  );

  // the guessed meal may stand beyond the edge of a narrow screen
  const meals = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const row = meals.current;
      const chosen = row?.querySelector<HTMLElement>('input:checked')?.parentElement;
      if (row && chosen) row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
    }, 30);
    return () => clearTimeout(timer);
  }, []);

  function toggleMore() {
    setMore(!showMore);
    writeJson('local', MORE_OPEN, !showMore);
  }

  function choosePlace(name: string) {
    const known = places.data?.find((candidate) => candidate.place === name);
    if (!known || amending) return;
    if (known.categoryId && (!categoryId || guessed) && categories.byId.has(known.categoryId)) {
      setValue('categoryId', known.categoryId);
      setGuessed(true);
    }
  }

  const category = categories.byId.get(categoryId);
  const byName = new Map((places.data ?? []).map((candidate) => [candidate.place, candidate]));
  const digits = fractionDigits(currency);

  return (
    <form
      onSubmit={handleSubmit((values) => onSubmit(values))}
      noValidate
      className={classes.form}
      data-kept={onChange && true}
    >
      <div className={classes.amountRow} data-refund={refund || undefined}>
        <Controller
          control={control}
          name="currency"
          render={({ field }) => (
            <CurrencyChip value={field.value} onChange={field.onChange} label={t('form.currency')} />
          )}
        />
        <input
          {...register('amount')}
          className={`${classes.amount} num`}
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="done"
          placeholder={digits ? `0.${'0'.repeat(digits)}` : '0'}
          aria-label={t('form.amount')}
          aria-invalid={Boolean(errors.amount)}
          aria-describedby="amount-error"
          data-autofocus
        />
      </div>
      <div
        className={classes.amountNote}
        id="amount-error"
        aria-live="polite"
        data-error={Boolean(errors.amount) || undefined}
      >
        {errors.amount?.message ?? (refund ? t('form.refundNote') : '')}
      </div>

      <fieldset className={classes.meals} ref={meals}>
        <legend className="sr">{t('form.mealType')}</legend>
        {MEAL_TYPES.map((meal) => (
          <label key={meal} className={classes.meal}>
            <input type="radio" value={meal} {...register('mealType')} />
            <span>{t(`meal.${meal}`)}</span>
          </label>
        ))}
      </fieldset>

      <Controller
        control={control}
        name="place"
        render={({ field }) => (
          <Autocomplete
            {...field}
            size="md"
            label={t('form.place')}
            placeholder={t('form.placeHint')}
            leftSection={<IconMapPin size={18} />}
            data={[...byName.keys()]}
            filter={({ options }) => options}
            limit={8}
            onOptionSubmit={choosePlace}
            renderOption={({ option }) => (
              <PlaceOption
                place={byName.get(option.value)}
                category={categories.byId.get(byName.get(option.value)?.categoryId ?? '')}
              />
            )}
            error={errors.place?.message}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        )}
      />

      <div className={classes.pair}>
        <div>
          <Menu position="bottom-start" width={260} transitionProps={{ duration: 100 }}>
            <Menu.Target>
              <button
                type="button"
                className={classes.chip}
                aria-label={`${t('form.category')}: ${category?.name ?? t('common.uncategorised')}`}
              >
                <CategoryIcon category={category} size={28} />
                <span className={classes.chipText}>
                  {category?.name ?? t('common.uncategorised')}
                  {guessed && category && <span className={classes.guess}>{t('form.guessed')}</span>}
                </span>
                <IconChevronDown size={16} />
              </button>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
              {categories.active.map((option) => (
                <Menu.Item
                  key={option.id}
                  leftSection={<CategoryIcon category={option} size={28} />}
                  onClick={() => {
                    setValue('categoryId', option.id, { shouldDirty: true });
                    setGuessed(false);
                  }}
                >
                  {option.name}
                </Menu.Item>
              ))}
              <Menu.Item
                leftSection={<CategoryIcon size={28} />}
                onClick={() => {
                  setValue('categoryId', '', { shouldDirty: true });
                  setGuessed(false);
                }}
              >
                {t('common.uncategorised')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {errors.categoryId && <p className={classes.error}>{errors.categoryId.message}</p>}
        </div>
        <div>
          <DateChip
            value={spentOn}
            onChange={(day) => setValue('spentOn', day, { shouldDirty: true, shouldValidate: true })}
          />
          {errors.spentOn && <p className={classes.error}>{errors.spentOn.message}</p>}
        </div>
      </div>

      <button type="button" className={classes.more} aria-expanded={showMore} onClick={toggleMore}>
        <IconChevronDown size={18} style={{ rotate: showMore ? '180deg' : undefined }} />
        {showMore ? t('form.less') : t('form.more')}
        {!showMore && <span className={classes.moreHint}>{t('form.moreHint')}</span>}
      </button>
      <Collapse expanded={showMore} transitionDuration={120}>
        <div className={classes.moreFields}>
          <Controller
            control={control}
            name="refund"
            render={({ field: { value, ...field } }) => (
              <Switch
                {...field}
                checked={value}
                label={t('form.refund')}
                className={classes.wide}
                size="md"
              />
            )}
          />
          <TextInput
            label={t('form.time')}
            type="time"
            error={errors.spentAt?.message}
            {...register('spentAt')}
          />
          <Controller
            control={control}
            name="orderType"
            render={({ field }) => (
              <Select
                {...field}
                value={field.value || null}
                onChange={(value) => field.onChange(value ?? '')}
                label={t('form.orderType')}
                clearable
                data={ORDER_TYPES.map((value) => ({ value, label: t(`order.${value}`) }))}
                error={errors.orderType?.message}
              />
            )}
          />
          <TextInput
            label={t('form.tip')}
            inputMode="decimal"
            leftSection={currencySymbol(currency)}
            error={errors.tip?.message}
            {...register('tip')}
          />
          <TextInput
            label={t('form.tax')}
            inputMode="decimal"
            leftSection={currencySymbol(currency)}
            error={errors.tax?.message}
            {...register('tax')}
          />
          <Controller
            control={control}
            name="attendees"
            render={({ field }) => (
              <TagsInput
                {...field}
                className={classes.wide}
                label={t('form.people')}
                placeholder={field.value.length ? '' : t('form.peopleHint')}
                acceptValueOnBlur
                error={errors.attendees?.message}
              />
            )}
          />
          <Controller
            control={control}
            name="tags"
            render={({ field }) => (
              <TagsInput
                {...field}
                className={classes.wide}
                label={t('form.tags')}
                placeholder={field.value.length ? '' : t('form.tagsHint')}
                data={(tags.data ?? []).map((tag) => tag.name)}
                acceptValueOnBlur
                error={errors.tags?.message}
              />
            )}
          />
          <TextInput label={t('form.purpose')} error={errors.purpose?.message} {...register('purpose')} />
          <TextInput
            label={t('form.partySize')}
            inputMode="numeric"
            error={errors.partySize?.message}
            {...register('partySize')}
          />
          <Textarea
            className={classes.wide}
            label={t('form.notes')}
            autosize
            minRows={2}
            maxRows={6}
            error={errors.notes?.message}
            {...register('notes')}
          />
          {amending && (
            <TextInput
              className={classes.wide}
              label={t('form.reason')}
              description={t('form.reasonHint')}
              error={errors.reason?.message}
              {...register('reason')}
            />
          )}
        </div>
      </Collapse>
      <div className={classes.footer}>{footer}</div>
    </form>
  );
}

function PlaceOption({
  place,
  category,
}: {
  place?: Place;
  category?: { colour?: string; icon?: string; name?: string };
}) {
  const { t } = useTranslation();
  if (!place) return null;
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <CategoryIcon category={category} size={30} />
      <span className={classes.option}>
        <span>{place.place}</span>
        <span className={classes.optionNote}>
          {t('form.placeSeen', { count: place.count, when: formatDayShort(place.lastSpentOn) })}
        </span>
      </span>
    </Group>
  );
}

function CurrencyChip({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (currency: string) => void;
  label: string;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={280} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.currency}
          aria-label={`${label}: ${value}`}
          onClick={() => setOpen(!open)}
        >
          {currencySymbol(value)}
          <IconChevronDown size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Select
          aria-label={label}
          searchable
          data-autofocus
          value={value}
          data={currencies(value).map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` }))}
          limit={60}
          comboboxProps={{ withinPortal: false }}
          onChange={(chosen) => {
            if (chosen) onChange(chosen);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function DateChip({ value, onChange }: { value: string; onChange: (day: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const choose = (day: string) => {
    onChange(day);
    setOpen(false);
  };
  const now = today();
  const name =
    value === now
      ? t('common.today')
      : value === addDays(now, -1)
        ? t('common.yesterday')
        : formatDay(value, { month: 'short' });
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.chip}
          aria-label={`${t('form.date')}: ${name}`}
          onClick={() => setOpen(!open)}
        >
          <span className={classes.calendar}>
            <IconCalendar size={18} stroke={1.7} />
          </span>
          <span className={classes.chipText}>{name}</span>
          <IconChevronDown size={16} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group grow mb="xs">
          <Button variant="default" size="sm" onClick={() => choose(now)}>
            {t('common.today')}
          </Button>
          <Button variant="default" size="sm" onClick={() => choose(addDays(now, -1))}>
            {t('common.yesterday')}
          </Button>
        </Group>
        <DatePicker
          value={value}
          onChange={(day) => day && choose(day)}
          defaultDate={value}
          size="md"
          firstDayOfWeek={1}
          weekendDays={[]}
          ariaLabels={{ nextMonth: t('form.nextMonth'), previousMonth: t('form.previousMonth') }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

import { z } from 'zod';
import {
  MEAL_TYPES,
  ORDER_TYPES,
  type Expense,
  type ExpenseContent,
  type MealType,
  type OrderType,
} from '@/api/types';
import { isDay, today } from '@/lib/dates';
import { i18n } from '@/lib/i18n';
import { locale } from '@/lib/locale';
import { fractionDigits, isNegative, negate, parseAmount } from '@/lib/money';

/** What the form holds: texts as typed, so that nothing typed is ever reshaped or lost. */
export interface FormValues {
  amount: string;
  refund: boolean;
  currency: string;
  mealType: MealType;
  place: string;
  categoryId: string;
  spentOn: string;
  spentAt: string;
  tip: string;
  tax: string;
  attendees: string[];
  partySize: string;
  orderType: OrderType | '';
  tags: string[];
  purpose: string;
  notes: string;
  reason: string;
}

export const MAIN_FIELDS = ['amount', 'currency', 'mealType', 'place', 'categoryId', 'spentOn'] as const;
export const MORE_FIELDS = [
  'spentAt',
  'tip',
  'tax',
  'attendees',
  'partySize',
  'orderType',
  'tags',
  'purpose',
  'notes',
  'reason',
] as const;
export const FIELDS = [...MAIN_FIELDS, ...MORE_FIELDS];

const LARGEST = 12;

function money(values: { currency: string }, typed: string, required: boolean): string | undefined {
  if (!typed.trim()) return required ? i18n.t('form.amountMissing') : undefined;
  const amount = parseAmount(typed);
  if (amount === undefined) return i18n.t('form.amountUnreadable');
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const digits = fractionDigits(values.currency);
  if (fraction.length > digits)
    return i18n.t('form.amountDigits', { count: digits, currency: values.currency });
  if (whole.length > LARGEST) return i18n.t('form.amountLarge');
  if (required && Number(amount) === 0) return i18n.t('form.amountZero');
  return undefined;
}

export const formSchema = z
  .object({
    amount: z.string(),
    refund: z.boolean(),
    currency: z.string(),
    mealType: z.enum(MEAL_TYPES as [MealType, ...MealType[]]),
    place: z.string().max(200, { error: () => i18n.t('form.tooLong', { count: 200 }) }),
    categoryId: z.string(),
    spentOn: z.string().refine(isDay, { error: () => i18n.t('form.day') }),
    spentAt: z.string(),
    tip: z.string(),
    tax: z.string(),
    attendees: z.array(z.string()),
    partySize: z
      .string()
      .refine((text) => text === '' || (/^\d{1,4}$/.test(text) && +text >= 1 && +text <= 1000), {
        error: () => i18n.t('form.partySize'),
      }),
    orderType: z.enum(['', ...ORDER_TYPES] as ['', ...OrderType[]]),
    tags: z.array(z.string()),
    purpose: z.string(),
    notes: z.string(),
    reason: z.string(),
  })
  .superRefine((values, context) => {
    for (const field of ['amount', 'tip', 'tax'] as const) {
      const message = money(values, values[field], field === 'amount');
      if (message) context.addIssue({ code: 'custom', path: [field], message });
    }
  });

/** The meal people most likely had, by the clock on the wall. */
export function likelyMeal(now = new Date()): MealType {
  const hour = now.getHours() + now.getMinutes() / 60;
  if (hour < 4) return 'late-night';
  if (hour < 10.5) return 'breakfast';
  if (hour < 15) return 'lunch';
  if (hour < 17.5) return 'snacks';
  if (hour < 22.5) return 'dinner';
  return 'late-night';
}

export function blankValues(currency: string): FormValues {
  return {
    amount: '',
    refund: false,
    currency,
    mealType: likelyMeal(),
    place: '',
    categoryId: '',
    spentOn: today(),
    spentAt: '',
    tip: '',
    tax: '',
    attendees: [],
    partySize: '',
    orderType: '',
    tags: [],
    purpose: '',
    notes: '',
    reason: '',
  };
}

/** An amount as this reader would type it: "12,50" where the comma is the decimal mark. */
function typedAmount(amount: string | undefined): string {
  if (!amount) return '';
  const mark =
    new Intl.NumberFormat(locale()).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  return amount.replace('.', mark);
}

export function valuesOf(content: ExpenseContent | Expense): FormValues {
  const refund = isNegative(content.amount);
  return {
    amount: typedAmount(refund ? negate(content.amount) : content.amount),
    refund,
    currency: content.currency,
    mealType: content.mealType,
    place: content.place ?? '',
    categoryId: content.categoryId ?? '',
    spentOn: content.spentOn,
    spentAt: content.spentAt?.slice(0, 5) ?? '',
    tip: typedAmount(content.tip),
    tax: typedAmount(content.tax),
    attendees: content.attendees ?? [],
    partySize: content.partySize === undefined ? '' : String(content.partySize),
    orderType: content.orderType ?? '',
    tags: content.tags ?? [],
    purpose: content.purpose ?? '',
    notes: content.notes ?? '',
    reason: '',
  };
}

/** What is sent. Fields that the form does not show are taken over from the expense being changed. */
export function contentOf(values: FormValues, zone: string, before?: Expense): ExpenseContent {
  const typed = parseAmount(values.amount) ?? values.amount;
  const signed = values.refund && !isNegative(typed) ? negate(typed) : typed;
  const text = (value: string) => value.trim() || undefined;
  const content: ExpenseContent = {
    spentOn: values.spentOn,
    spentAt: text(values.spentAt),
    zone: values.spentAt ? (before?.zone ?? zone) : before?.zone,
    amount: signed,
    currency: values.currency,
    tax: values.tax.trim() ? parseAmount(values.tax) : undefined,
    tip: values.tip.trim() ? parseAmount(values.tip) : undefined,
    mealType: values.mealType,
    orderType: values.orderType || undefined,
    partySize: values.partySize ? Number(values.partySize) : undefined,
    categoryId: values.categoryId || undefined,
    restaurantId: before?.restaurantId,
    place: text(values.place),
    tags: values.tags,
    purpose: text(values.purpose),
    attendees: values.attendees,
    notes: text(values.notes),
  };
  return JSON.parse(JSON.stringify(content)) as ExpenseContent;
}

const WRITABLE = [
  'spentOn',
  'spentAt',
  'zone',
  'amount',
  'currency',
  'tax',
  'tip',
  'mealType',
  'orderType',
  'partySize',
  'categoryId',
  'restaurantId',
  'place',
  'tags',
  'purpose',
  'attendees',
  'notes',
] as const satisfies readonly (keyof ExpenseContent)[];

/** The writable part of an expense as it is stored. */
export function contentOfExpense(expense: Expense): ExpenseContent {
  return Object.fromEntries(
    WRITABLE.flatMap((field) => (expense[field] === undefined ? [] : [[field, expense[field]]])),
  ) as unknown as ExpenseContent;
}

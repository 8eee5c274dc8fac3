import { useTranslation } from 'react-i18next';
import { useCategories } from '@/api/categories';
import type { Expense, ExpenseContent, FieldChange } from '@/api/types';
import { formatDay } from '@/lib/dates';
import { formatMoney } from '@/lib/money';

export type FieldValue = FieldChange['from'];

const NAMED = [
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
] as const;
type Named = (typeof NAMED)[number];

/** Names and values of fields in the reader's words. */
export function useFieldText(currency: string) {
  const { t } = useTranslation();
  const categories = useCategories();
  return {
    name(field: string): string {
      return NAMED.includes(field as Named) ? t(`field.${field as Named}`) : field;
    },
    value(field: string, value: FieldValue): string {
      if (
        value === undefined ||
        value === null ||
        value === '' ||
        (Array.isArray(value) && value.length === 0)
      )
        return t('common.nothing');
      if (Array.isArray(value)) return value.join(', ');
      const text = String(value);
      if (field === 'amount' || field === 'tax' || field === 'tip') return formatMoney(text, currency);
      if (field === 'spentOn') return formatDay(text);
      if (field === 'mealType') return t(`meal.${text as ExpenseContent['mealType']}`);
      if (field === 'orderType') return t(`order.${text as NonNullable<ExpenseContent['orderType']>}`);
      if (field === 'categoryId') return categories.byId.get(text)?.name ?? t('common.unknownCategory');
      return text;
    },
  };
}

export interface Difference {
  field: Named;
  from: FieldValue;
  to: FieldValue;
}

/** The fields in which two contents differ; an absent one and an empty one are the same. */
export function differences(from: ExpenseContent | Expense, to: ExpenseContent | Expense): Difference[] {
  const plain = (value: FieldValue) =>
    JSON.stringify(Array.isArray(value) && value.length === 0 ? null : (value ?? null));
  const amount = (value: FieldValue) =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? String(Number(value)) : undefined;
  return NAMED.flatMap((field) => {
    const [a, b] = [from[field] as FieldValue, to[field] as FieldValue];
    const same =
      plain(a) === plain(b) ||
      (['amount', 'tax', 'tip'].includes(field) && amount(a) !== undefined && amount(a) === amount(b));
    return same ? [] : [{ field, from: a, to: b }];
  });
}

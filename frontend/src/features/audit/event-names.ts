import { useTranslation } from 'react-i18next';

/** Every event of the product, as stored; docs/events.md says what each means. */
export const EVENT_NAMES = [
  'MealExpenseRecorded',
  'MealExpenseAmended',
  'MealExpenseDeleted',
  'MealExpenseRestored',
  'CategoryCreated',
  'CategoryAmended',
  'CategoryArchived',
  'AccountRegistered',
  'RoleGranted',
  'RoleRevoked',
  'AccountDisabled',
  'AccountEnabled',
  'PasswordChanged',
  'ImportApplied',
  'ImportUndone',
  'ProjectionRebuildRequested',
  'ProjectionRebuildSwapped',
  'ProjectionRebuildCancelled',
  'DeadLetterRetried',
  'DeadLetterDiscarded',
  'LogRecoveryDeclared',
] as const;

type EventName = (typeof EVENT_NAMES)[number];

export const isEventName = (name: string): name is EventName => EVENT_NAMES.includes(name as EventName);

/** The words for a stored name; a name that a newer service writes is told as it is. */
export function useEventWords(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (isEventName(name) ? t(`audit.event.${name}`) : name);
}

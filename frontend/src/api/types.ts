import type { paths as Command } from './generated/command';
import type { paths as Query } from './generated/query';

/** The body of an operation's answer, whatever media type it is filed under. */
type AnswerOf<Operation, Code extends number> = Operation extends {
  responses: Record<Code, { content: infer Content }>;
}
  ? Content[keyof Content]
  : never;
type BodyOf<Operation> = Operation extends { requestBody?: { content: infer Content } }
  ? Content[keyof Content]
  : never;

export type Expense = AnswerOf<Query['/api/v1/expenses/{id}']['get'], 200>;
export type ExpensePage = AnswerOf<Query['/api/v1/expenses']['get'], 200>;
export type ExpenseFilter = NonNullable<Query['/api/v1/expenses']['get']['parameters']['query']>;
export type History = AnswerOf<Query['/api/v1/expenses/{id}/history']['get'], 200>;
export type HistoryEntry = History['items'][number];
export type Client = NonNullable<HistoryEntry['client']>;
export type Device = NonNullable<HistoryEntry['device']>;
export type FieldChange = HistoryEntry['changes'][number];
export type Category = AnswerOf<Query['/api/v1/categories']['get'], 200>['items'][number];
export type Place = AnswerOf<Query['/api/v1/places']['get'], 200>['items'][number];
export type Tag = AnswerOf<Query['/api/v1/tags']['get'], 200>['items'][number];
export type CategoryTotals = AnswerOf<Query['/api/v1/reports/categories']['get'], 200>['categories'][number];
export type MonthTotals = AnswerOf<Query['/api/v1/reports/monthly']['get'], 200>['months'][number];
export type SpendingRow = AnswerOf<Query['/api/v1/reports/spending']['get'], 200>['rows'][number];
export type AuditEvent = AnswerOf<Query['/api/v1/audit/events']['get'], 200>['items'][number];
export type AuditFilter = NonNullable<Query['/api/v1/audit/events']['get']['parameters']['query']>;
export type ExpenseChanges = AnswerOf<Query['/api/v1/expenses/changes']['get'], 200>;
export type ExpenseChange = ExpenseChanges['items'][number];
export type ExpenseStep = AnswerOf<Query['/api/v1/expenses/steps']['get'], 200>['items'][number];
export type AsOf = ExpenseChanges['since'];
export type Projection = AnswerOf<Query['/api/v1/projections']['get'], 200>['items'][number];
export type LogState = AnswerOf<Query['/api/v1/log']['get'], 200>;
export type RestoredLog = AnswerOf<Query['/api/v1/log/recovery']['get'], 200>;
export type Rebuild = AnswerOf<Query['/api/v1/rebuilds/{id}']['get'], 200>;
export type RebuildState = Rebuild['state'];
export type Comparison = Rebuild['comparisons'][number];
export type DeadLetters = AnswerOf<Query['/api/v1/projections/{name}/dead-letters']['get'], 200>;
export type DeadLetter = DeadLetters['items'][number];

export type RecordExpense = BodyOf<Command['/api/v1/expenses']['post']>;
export type AmendExpense = BodyOf<Command['/api/v1/expenses/{id}']['put']>;
export type ExpenseContent = Omit<AmendExpense, 'reason'>;
export type CategoryContent = BodyOf<Command['/api/v1/categories/{id}']['put']>;
export type Account = AnswerOf<Command['/api/v1/auth/me']['get'], 200>;
export type Role = Command['/api/v1/auth/accounts/{id}/roles/{role}']['put']['parameters']['path']['role'];
export type DirectoryEntry = AnswerOf<Command['/api/v1/auth/accounts']['get'], 200>['items'][number];
export type ImportResult = AnswerOf<Command['/api/v1/expenses/import']['post'], 200>;
export type Import = AnswerOf<Query['/api/v1/imports']['get'], 200>['items'][number];
export type ImportUndoing = BodyOf<Command['/api/v1/imports/{id}/undo']['post']>;
export type Access = AnswerOf<Query['/api/v1/audit/accesses']['get'], 200>['items'][number];
export type AccessFilter = NonNullable<Query['/api/v1/audit/accesses']['get']['parameters']['query']>;
export type StoredEvent = NonNullable<AuditEvent['stored']>;
export type MealType = ExpenseContent['mealType'];
export type OrderType = NonNullable<ExpenseContent['orderType']>;

export const ROLES: readonly Role[] = ['MEMBER', 'AUDITOR', 'ADMIN'];
export const MEAL_TYPES: readonly MealType[] = [
  'breakfast',
  'brunch',
  'lunch',
  'dinner',
  'snacks',
  'drinks',
  'dessert',
  'late-night',
  'groceries',
  'other',
];
export const ORDER_TYPES: readonly OrderType[] = [
  'dine-in',
  'takeout',
  'delivery',
  'drive-thru',
  'catering',
  'other',
];
export const SORTS = ['-spentOn', 'spentOn', '-amount', 'amount', 'place'] as const;
export type Sort = (typeof SORTS)[number];
export const CATEGORY_ICONS = [
  'tools-kitchen-2',
  'shopping-cart',
  'glass',
  'burger',
  'confetti',
  'cookie',
  'dots',
  'coffee',
  'pizza',
  'soup',
  'fish',
  'salad',
  'ice-cream',
  'cake',
  'beer',
  'bottle',
  'meat',
  'bread',
  'egg',
  'apple',
  'truck-delivery',
  'briefcase',
  'gift',
  'heart',
  'home',
  'plane',
  'school',
  'star',
  'users',
  'receipt',
] as const;

import type { components, paths as Generated } from './generated/query';

/**
 * What the query side answers about the past, until the approved document has it: then `paths` comes from there and
 * this file goes.
 */
type Expense = components['schemas']['Expense'];

export interface AsOf {
  /** As asked for. */
  instant: string;
  /** Of the last event that was recorded by then; 0 before the first. */
  position: number;
  /** When that event was recorded; absent before the first. */
  recordedAt?: string;
}

export interface PeriodTotal {
  amount: string;
  count: number;
}

export interface ExpenseChange {
  id: string;
  kind: 'added' | 'changed' | 'removed';
  /** Null if it was not recorded yet, or in the bin. */
  before: Expense | null;
  /** Null if it is in the bin. */
  after: Expense | null;
  /** Of the last event between the two moments. */
  position: number;
  at: string;
  actorId: string;
  reason?: string;
}

export interface ExpenseChanges {
  since: AsOf;
  until: AsOf;
  items: ExpenseChange[];
  totals: { currency: string; before: PeriodTotal; after: PeriodTotal }[];
  nextCursor?: string;
  incomplete?: boolean;
}

export interface ExpenseStep {
  position: number;
  at: string;
  event: string;
  actorId: string;
  reason?: string;
  expenseId: string;
  before: Expense | null;
  after: Expense | null;
  /** Of the period, after this event. */
  totals: ({ currency: string } & PeriodTotal)[];
}

export interface ExpenseSteps {
  items: ExpenseStep[];
  /** Number of steps altogether. */
  total: number;
  nextCursor?: string;
  incomplete?: boolean;
}

type Dated<Content> = { [Type in keyof Content]: Content[Type] & { asOf?: AsOf } };
type DatedAnswers<Answers> = Answers extends { 200: { content: infer Content } }
  ? Omit<Answers, 200> & { 200: Omit<Answers[200], 'content'> & { content: Dated<Content> } }
  : Answers;
type DatedRead<Read> = Read extends { parameters: infer Parameters; responses: infer Answers }
  ? {
      parameters: Omit<Parameters, 'query'> & {
        query?: (Parameters extends { query?: infer Query }
          ? [NonNullable<Query>] extends [never]
            ? object
            : NonNullable<Query>
          : object) & { asOf?: string };
      };
      responses: DatedAnswers<Answers>;
    }
  : never;
type Read<Query, Body> = {
  get: {
    parameters: { query?: Query };
    responses: { 200: { content: { 'application/json': Body } } };
  };
};

type AsOfPath =
  | '/api/v1/expenses'
  | '/api/v1/expenses/{id}'
  | '/api/v1/expenses/export'
  | '/api/v1/reports/monthly'
  | '/api/v1/reports/categories'
  | '/api/v1/reports/spending'
  | '/api/v1/categories';

interface Period {
  from?: string;
  to?: string;
  ownerId?: string;
  cursor?: string;
  limit?: number;
}

type Known = Omit<Generated, AsOfPath | '/api/v1/audit/events'>;
type Past = {
  [Path in AsOfPath]: Omit<Generated[Path], 'get'> & { get: DatedRead<Generated[Path]['get']> };
};
interface New {
  '/api/v1/expenses/changes': Read<{ since: string; until?: string } & Period, ExpenseChanges>;
  '/api/v1/expenses/steps': Read<{ month?: string } & Period, ExpenseSteps>;
  '/api/v1/sealed-log/pack': {
    get: {
      parameters: { query?: { expenseId?: string; owner?: string; from?: string; to?: string } };
      responses: { 200: { content: { 'application/zip': string } } };
    };
  };
  '/api/v1/audit/events': {
    get: Omit<Generated['/api/v1/audit/events']['get'], 'responses'> & {
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['AuditEvents'] & {
              /** The last position that is sealed; 0 when nothing is. */
              sealedUpTo: number;
            };
          };
        };
      };
    };
  };
}

export type paths = Known & Past & New;

/**
 * What the two services answer about rebuilds, dead letters and incomplete answers, in the form that
 * generated/*.d.ts has. Once docs/api says it too, client.ts and types.ts take their paths from generated/ again
 * and this file goes.
 */
import type { paths as Commands } from './generated/command';
import type { paths as Queries } from './generated/query';

interface Difference {
  table: string;
  onlyLive: number;
  onlyRebuilt: number;
  different: number;
  examples: { key: Record<string, string>; side: 'live' | 'rebuilt' | 'both'; columns: string[] }[];
}

interface Comparison {
  projection: string;
  position: number;
  equal: boolean;
  rows: number;
  checksum: string;
  tables: Difference[];
}

type RebuildState =
  | 'requested'
  | 'copying'
  | 'indexing'
  | 'catching-up'
  | 'comparing'
  | 'differs'
  | 'swapping'
  | 'swapped'
  | 'cancelled'
  | 'failed';

interface Rebuild {
  id: string;
  projections: string[];
  reason: string;
  requestedBy: string;
  requestedAt: string;
  state: RebuildState;
  generation?: number;
  eventsDone: number;
  eventsTotal: number;
  eventsPerSecond?: number;
  secondsLeft?: number;
  startedAt?: string;
  finishedAt?: string;
  error?: string;
  comparisons: Comparison[];
}

interface DeadLetter {
  position: number;
  subjectType: string;
  subjectId: string;
  sequence: number;
  event: string;
  recordedAt: string;
  parkedAt: string;
  error: string;
  retries: number;
  discardedAt?: string;
}

interface Response<Body> {
  headers: Record<string, unknown>;
  content: { 'application/json': Body };
}
/** `never` where an address has no variable part. */
type In<Path> = [Path] extends [never] ? { path?: never } : { path: Path };
interface Reading<Path, Query, Body> {
  parameters: In<Path> & { query?: Query; header?: { 'Consistency-Token'?: string } };
  responses: { 200: Response<Body> };
}
interface Commanding<Path, Body, Answer = never> {
  parameters: In<Path> & { header?: { 'Idempotency-Key'?: string } };
  requestBody: { content: { 'application/json': Body } };
  responses: {
    202: [Answer] extends [never] ? { headers: Record<string, unknown>; content?: never } : Response<Answer>;
  };
}
interface Reason {
  reason: string;
}

/** A read whose answer says `incomplete: true` where the model behind it has parked events. */
type Incompletable =
  | '/api/v1/expenses'
  | '/api/v1/expenses/{id}'
  | '/api/v1/expenses/{id}/history'
  | '/api/v1/categories'
  | '/api/v1/places'
  | '/api/v1/tags'
  | '/api/v1/reports/monthly'
  | '/api/v1/reports/categories'
  | '/api/v1/reports/spending'
  | '/api/v1/audit/events';
type ListedProjection =
  Queries['/api/v1/projections']['get']['responses'][200]['content']['application/json']['items'][number];
type With<Path extends keyof Queries, Added> = {
  get: Queries[Path]['get'] extends { parameters: infer P; responses: { 200: { content: infer Content } } }
    ? { parameters: P; responses: { 200: Response<Content[keyof Content] & Added> } }
    : never;
};

export type QueryPaths = Omit<Queries, Incompletable | '/api/v1/projections'> & {
  [Path in Incompletable]: With<Path, { incomplete?: boolean }>;
} & {
  '/api/v1/projections': With<
    '/api/v1/projections',
    {
      items: (ListedProjection & {
        generation: number;
        discardedLetters: number;
        rebuild?: { id: string; state: RebuildState };
      })[];
    }
  >;
  '/api/v1/rebuilds': {
    get: Reading<never, { cursor?: string; limit?: number }, { items: Rebuild[]; nextCursor?: string }>;
  };
  '/api/v1/rebuilds/{id}': { get: Reading<{ id: string }, undefined, Rebuild> };
  '/api/v1/projections/{name}/dead-letters': {
    get: Reading<{ name: string }, undefined, { items: DeadLetter[]; more?: boolean }>;
  };
};

export type CommandPaths = Commands & {
  '/api/v1/rebuilds': {
    post: Commanding<never, Reason & { projections?: string[]; id?: string }, { id: string }>;
  };
  '/api/v1/rebuilds/{id}/swap': { post: Commanding<{ id: string }, Reason> };
  '/api/v1/rebuilds/{id}/cancel': { post: Commanding<{ id: string }, Reason> };
  '/api/v1/projections/{name}/dead-letters/{subjectId}/retry': {
    post: Commanding<{ name: string; subjectId: string }, Reason>;
  };
  '/api/v1/projections/{name}/dead-letters/{subjectId}/discard': {
    post: Commanding<{ name: string; subjectId: string }, Reason>;
  };
};

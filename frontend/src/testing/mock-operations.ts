import { uuid7 } from '@/lib/uuid7';
import type {
  Comparison,
  DeadLetter,
  DeadLetters,
  Projection,
  Rebuild,
  RebuildState,
  RestoredLog,
} from '@/api/types';
import { demoId } from './demo-data';
import { Refusal } from './refusal';

export const PROJECTIONS = [
  'expense-list',
  'expense-versions',
  'monthly-report',
  'category-spend',
  'categories',
  'imports',
  'audit-trail',
];

type Letter = DeadLetter & { projection: string; ownerId: string };
type Wanted = Rebuild & { differing: boolean };

/** How long a mocked rebuild takes over each step, in milliseconds. */
const STEPS: readonly [RebuildState, number][] = [
  ['requested', 800],
  ['copying', 9_000],
  ['indexing', 1_800],
  ['catching-up', 1_800],
  ['comparing', 1_800],
  ['swapping', 900],
];
/** Events in the log that a mocked rebuild pretends to read. */
const EVENTS = 312_480;
type OpenState = NonNullable<Projection['rebuild']>['state'];
const FINISHED: readonly RebuildState[] = ['swapped', 'cancelled', 'failed'];
const isOpen = (state: RebuildState): state is OpenState => !FINISHED.includes(state);
const CHECKSUM = '9f2c41d07be35a88c1604be2f7a9d3500e4dc2b1';

export function comparisonOf(projection: string, part: Partial<Comparison> = {}): Comparison {
  const rows = 8_214 + projection.length * 1_731;
  return { projection, position: EVENTS, equal: true, rows, checksum: CHECKSUM, tables: [], ...part };
}

/** Two tables that came out differently, one in each way that can happen. */
export function differenceOf(projection: string): Comparison {
  const owner = demoId(1, 1);
  return comparisonOf(projection, {
    equal: false,
    tables: [
      {
        table: 'category_spend_day',
        onlyLive: 2,
        onlyRebuilt: 1,
        different: 14,
        examples: [
          {
            key: { owner_id: owner, spent_on: '2026-03-04', category_id: demoId(101, 1), currency: 'EUR' },
            side: 'both',
            columns: ['amount', 'count'],
          },
          {
            key: { owner_id: owner, spent_on: '2026-03-05', category_id: demoId(101, 4), currency: 'JPY' },
            side: 'live',
            columns: [],
          },
          {
            key: { owner_id: owner, spent_on: '2026-03-06', category_id: demoId(101, 4), currency: 'JPY' },
            side: 'rebuilt',
            columns: [],
          },
        ],
      },
      {
        table: 'category_spend_line',
        onlyLive: 0,
        onlyRebuilt: 3,
        different: 0,
        examples: [{ key: { expense_id: demoId(9, 77) }, side: 'rebuilt', columns: [] }],
      },
    ],
  });
}

/** What operators may ask for, kept in memory: rebuilds that go on by the clock, and events that were parked. */
export class MockOperations {
  readonly rebuilds: Wanted[] = [];
  readonly letters: Letter[] = [];
  readonly acts: (DeadLetters['acts'][number] & { projection: string })[] = [];
  /** What was restored from a backup and not declared yet. */
  restored?: RestoredLog;
  private readonly generations = new Map(PROJECTIONS.map((name) => [name, 0]));
  private clock = 0;

  /** A rebuild as it stands; one with a state that has an end of its own stays in it. */
  add(part: Partial<Rebuild> & Pick<Rebuild, 'projections'>): Rebuild {
    const n = this.rebuilds.length + 1;
    const rebuild: Wanted = {
      id: demoId(300, n),
      reason: 'After an update',
      requestedBy: demoId(1, 3),
      requestedAt: new Date().toISOString(),
      state: 'requested',
      initial: false,
      eventsDone: 0,
      eventsTotal: 0,
      comparisons: [],
      decisions: [],
      differing: part.projections.includes('category-spend'),
      ...part,
    };
    this.rebuilds.push(rebuild);
    return rebuild;
  }

  park(projection: string, ownerId: string, part: Partial<DeadLetter> = {}): void {
    const n = this.letters.length + 1;
    this.letters.push({
      projection,
      ownerId,
      position: 300_000 + n * 7,
      subjectType: 'MealExpense',
      subjectId: demoId(9, 500 + n),
      sequence: 0,
      event: 'MealExpenseRecorded',
      recordedAt: '2026-02-11T10:24:31Z',
      parkedAt: '2026-02-11T10:24:31Z',
      error: 'value too long for type character varying(200)',
      retries: 0,
      ...part,
    });
  }

  /** What an administrator finds on the first look at the demonstration. */
  seed(ownerId: string): void {
    const at = (hour: number, minute: number, second = 0) =>
      new Date(Date.UTC(2026, 1, 11, hour, minute, second)).toISOString();
    const done = { generation: 1, eventsDone: EVENTS, eventsTotal: EVENTS };
    this.add({
      ...done,
      projections: ['expense-list', 'monthly-report', 'category-spend'],
      reason: 'First rebuild after the import of the old tracker',
      requestedAt: at(8, 2),
      startedAt: at(8, 2, 1),
      finishedAt: at(8, 2, 13),
      state: 'swapped',
      comparisons: ['expense-list', 'monthly-report', 'category-spend'].map((name) => comparisonOf(name)),
    });
    this.add({
      projections: ['audit-trail'],
      reason: 'Wrong one chosen',
      requestedAt: at(8, 40),
      startedAt: at(8, 40, 1),
      finishedAt: at(8, 40, 5),
      state: 'cancelled',
      eventsDone: 120_400,
      eventsTotal: EVENTS,
    });
    this.add({
      projections: ['categories'],
      reason: 'To see that colours come back',
      requestedAt: at(9, 15),
      startedAt: at(9, 15, 1),
      finishedAt: at(9, 15, 4),
      state: 'failed',
      eventsDone: 88_000,
      eventsTotal: EVENTS,
      error: 'could not extend file "base/16384/17210": No space left on device',
    });
    for (const name of ['expense-list', 'monthly-report', 'category-spend']) this.generations.set(name, 1);
    const long = { subjectId: demoId(9, 900), error: 'value too long for type character varying(200)' };
    this.park('expense-list', ownerId, { ...long, retries: 2 });
    this.park('expense-list', ownerId, {
      ...long,
      sequence: 1,
      event: 'MealExpenseAmended',
      error: 'An earlier event of the same subject is parked',
    });
    this.park('expense-list', ownerId, {
      error: 'duplicate key value violates unique constraint "expense_line_pkey"',
      discardedAt: at(10, 40),
    });
  }

  incomplete(projection: string, owner?: string): { incomplete?: true } {
    const of = (letter: Letter) => letter.projection === projection && (!owner || letter.ownerId === owner);
    return this.letters.some(of) ? { incomplete: true } : {};
  }

  /** One rebuild at a time moves on, by the clock; the others wait for their turn. */
  private advance(): void {
    const now = Date.now();
    const running = this.rebuilds.find(({ state }) => isOpen(state));
    if (!running || running.state === 'differs') return;
    if (!running.startedAt) {
      running.startedAt = new Date(now).toISOString();
      running.generation = Math.max(...this.generations.values()) + 1;
      running.eventsTotal = EVENTS;
      this.clock = now;
    }
    if (!this.clock) return;
    let left = now - this.clock;
    for (const [state, takes] of STEPS) {
      if (state === 'swapping' && running.differing) {
        running.state = 'differs';
        this.compare(running);
        return;
      }
      running.state = state;
      if (state === 'copying') {
        running.eventsDone = Math.min(EVENTS, Math.round((EVENTS * left) / takes));
        running.eventsPerSecond = Math.round((EVENTS / takes) * 1000);
        running.secondsLeft = Math.max(0, Math.ceil((takes - left) / 1000));
      } else if (state !== 'requested') {
        running.eventsDone = EVENTS;
        delete running.secondsLeft;
        delete running.eventsPerSecond;
      }
      if (state === 'swapping') this.compare(running);
      if (left < takes) return;
      left -= takes;
    }
    this.swap(running);
  }

  private compare(rebuild: Wanted): void {
    rebuild.comparisons = rebuild.projections.map((name) =>
      rebuild.differing && name === 'category-spend' ? differenceOf(name) : comparisonOf(name),
    );
  }

  private swap(rebuild: Wanted): void {
    rebuild.state = 'swapped';
    rebuild.finishedAt = new Date().toISOString();
    for (const name of rebuild.projections) {
      this.generations.set(name, rebuild.generation ?? 1);
      this.letters.splice(0, Infinity, ...this.letters.filter(({ projection }) => projection !== name));
    }
  }

  private view({ differing: _differing, ...rebuild }: Wanted): Rebuild {
    return rebuild;
  }

  ofProjection(
    name: string,
  ): Pick<Projection, 'generation' | 'deadLetters' | 'discardedLetters' | 'rebuild'> {
    this.advance();
    const letters = this.letters.filter(({ projection }) => projection === name);
    const rebuild = this.rebuilds.find(
      ({ state, projections }) => isOpen(state) && projections.includes(name),
    );
    return {
      generation: this.generations.get(name) ?? 0,
      deadLetters: letters.filter(({ discardedAt }) => !discardedAt).length,
      discardedLetters: letters.filter(({ discardedAt }) => discardedAt).length,
      ...(rebuild && isOpen(rebuild.state) ? { rebuild: { id: rebuild.id, state: rebuild.state } } : {}),
    };
  }

  read(path: string, query: URLSearchParams): unknown {
    this.advance();
    const [, what, id = '', sub] = path.split('/');
    if (what === 'projections' && sub === 'dead-letters') {
      this.known(id);
      const items = this.letters
        .filter(({ projection }) => projection === id)
        .map(({ projection: _projection, ownerId: _owner, ...letter }) => letter);
      const acts = this.acts
        .filter(({ projection }) => projection === id)
        .map(({ projection: _projection, ...act }) => act);
      return { items: items.slice(0, 200), ...(items.length > 200 ? { more: true } : {}), acts };
    }
    if (what === 'rebuilds' && id) return this.view(this.find(id));
    const start = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const all = [...this.rebuilds].reverse().map((rebuild) => this.view(rebuild));
    const next = start + limit < all.length ? { nextCursor: String(start + limit) } : {};
    return { items: all.slice(start, start + limit), ...next };
  }

  /** Answers the id of what was asked for, where it is a new rebuild. */
  command(
    path: string,
    body: { reason?: string; projections?: string[]; id?: string; comparedAt?: number },
    by: string,
  ): string | undefined {
    this.advance();
    const [, what, id = '', sub, subject, act] = path.split('/');
    const reason = (body.reason ?? '').trim();
    const errors = [];
    if (!reason || reason.length > 500)
      errors.push({ field: 'reason', message: 'must have 1 to 500 characters' });
    if (body.projections && (!body.projections.length || body.projections.some((name) => !this.has(name))))
      errors.push({ field: 'projections', message: 'must name read models that exist, each once' });
    if (errors.length) throw new Refusal(400, 'validation', 'Some values cannot be accepted.', { errors });
    if (what === 'projections') {
      this.known(id);
      if (sub === 'dead-letters') return this.decide(id, subject ?? '', act ?? '', by);
      return this.add({ id: body.id ?? uuid7(), projections: [id], reason, requestedBy: by }).id;
    }
    if (!id) {
      const projections = body.projections ?? PROJECTIONS;
      return this.add({ id: body.id ?? uuid7(), projections, reason, requestedBy: by }).id;
    }
    const rebuild = this.find(id);
    if (FINISHED.includes(rebuild.state))
      throw new Refusal(409, 'conflict', 'This rebuild is decided already.');
    if (sub === 'swap' && body.comparedAt === undefined)
      throw new Refusal(400, 'validation', 'Some values cannot be accepted.', {
        errors: [{ field: 'comparedAt', message: 'is required' }],
      });
    const decided = sub === 'swap' ? ('swap' as const) : ('cancel' as const);
    rebuild.decisions = [
      ...rebuild.decisions,
      { act: decided, by, at: new Date().toISOString(), outcome: 'obeyed' },
    ];
    if (sub === 'swap') this.swap(rebuild);
    else Object.assign(rebuild, { state: 'cancelled', finishedAt: new Date().toISOString() });
    return undefined;
  }

  private decide(projection: string, subjectId: string, act: string, by: string): undefined {
    const letters = this.letters.filter(
      (letter) => letter.projection === projection && letter.subjectId === subjectId,
    );
    for (const letter of letters) {
      if (act === 'discard') letter.discardedAt = new Date().toISOString();
      else letter.retries += 1;
    }
    // what was tried three times works in the end
    const taken = act === 'retry' && (letters[0]?.retries ?? 0) >= 3;
    if (taken)
      this.letters.splice(0, Infinity, ...this.letters.filter((letter) => !letters.includes(letter)));
    this.acts.unshift({
      projection,
      position: 400_000 + this.acts.length,
      act: act === 'retry' ? 'retry' : 'discard',
      subjectId,
      by,
      at: new Date().toISOString(),
      outcome:
        letters.length === 0 ? 'nothing' : act === 'discard' ? 'discarded' : taken ? 'taken' : 'failed-again',
    });
  }

  private has(name: string): boolean {
    return PROJECTIONS.includes(name);
  }

  private known(name: string): void {
    if (!this.has(name)) throw new Refusal(404, 'not-found', 'There is no such read model.');
  }

  private find(id: string): Wanted {
    const rebuild = this.rebuilds.find((candidate) => candidate.id === id);
    if (!rebuild) throw new Refusal(404, 'not-found', 'There is no such rebuild.');
    return rebuild;
  }
}

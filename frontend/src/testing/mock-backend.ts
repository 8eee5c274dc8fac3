import { addMonths, firstDay, isDay, lastDay, monthOf, toDate, today } from '@/lib/dates';
import { compareInstants } from '@/lib/instants';
import { fractionDigits, sum, totalsOf } from '@/lib/money';
import { uuid7 } from '@/lib/uuid7';
import type {
  Account,
  AuditEvent,
  Category,
  Client,
  Device,
  Expense,
  Access,
  ExpenseContent,
  History,
  Import,
  ImportResult,
  Role,
} from '@/api/types';
import { DEFAULT_CATEGORIES, demoCorrections, demoExpenses, demoId } from './demo-data';
import { MockOperations, PROJECTIONS } from './mock-operations';
import { MockPast } from './mock-past';
import { packed, zipOf } from './mock-pack';
import { Refusal } from './refusal';

/**
 * The API as the two services answer it, kept in memory: for development without them and for tests.
 * It follows the contract closely enough that a screen which works here works there.
 */
interface StoredAccount extends Account {
  password: string;
  disabled: boolean;
  registeredAt: string;
}
type Stored = Expense & { importId?: string };
type KeptImport = Pick<
  Import,
  'id' | 'ownerId' | 'fileName' | 'at' | 'same' | 'refused' | 'undoneAt' | 'deleted' | 'kept'
> & { undone: boolean; version: number };
type Ownable<T> = T & { ownerId: string };

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

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
] as const;

/** Milliseconds until an event is in a signed checkpoint. */
const SEALED_AFTER = 5_000;

/** What can be asked as of a moment of the past. */
const HAS_PAST = /^\/(categories|reports\/\w+|expenses(\/[^/]+)?)$/;

const TITLES: Record<string, string> = {
  validation: 'Some values cannot be accepted',
  'stale-version': 'Someone else was faster',
  'not-found': 'Not found',
};

export interface MockBackendOptions {
  /** Sign this account in for every request, without cookies. */
  signedInAs?: 'member' | 'auditor' | 'admin';
  demo?: boolean;
  count?: number;
}

export const DEMO_PASSWORD = 'correct horse battery';

export class MockBackend {
  readonly accounts = new Map<string, StoredAccount>();
  readonly expenses = new Map<string, Stored>();
  readonly categories = new Map<string, Ownable<Category>>();
  readonly log: AuditEvent[] = [];
  readonly imports = new Map<string, KeptImport>();
  readonly accesses: Access[] = [];
  readonly operations = new MockOperations();
  readonly past = new MockPast(this.log);
  private readonly sessions = new Map<string, string>();
  private readonly histories = new Map<string, History['items']>();
  private signedInAs?: string;
  setupUsed = false;
  /** Kind of device that the latest change was asked for from. */
  device?: Device;
  /** The last position that is sealed; the newest events wait for some seconds. */
  sealedUpTo = (): number =>
    this.log.findLast(({ at }) => Date.parse(at) < Date.now() - SEALED_AFTER)?.position ?? 0;

  constructor(options: MockBackendOptions = {}) {
    const { demo = true, count = 1500 } = options;
    const member = this.seed(1, 'mara@example.test', 'Mara Vogel', ['MEMBER']);
    const auditor = this.seed(2, 'audit@example.test', 'Ada Auditor', ['MEMBER', 'AUDITOR']);
    const admin = this.seed(3, 'admin@example.test', 'Otto Operator', ['ADMIN']);
    if (demo) {
      const byName = new Map(
        [...this.categories.values()].filter((c) => c.ownerId === member.id).map((c) => [c.name, c.id]),
      );
      const now = new Date();
      const acts = demoExpenses((name) => byName.get(name)!, now, count).flatMap((content, i) => {
        const id = demoId(9, i);
        const eaten = new Date(`${content.spentOn}T${content.spentAt ?? '12:00'}:30Z`);
        // a history that is looked at in a browser has its mistakes, a test makes its own
        const story = demoCorrections(i, content, eaten, !options.signedInAs);
        const told = story.filter(({ act, at }) => act === 'record' || at < now);
        return told.map((it) => ({
          at: it.at < now ? it.at : now,
          run: (at: string) => {
            // programs do not say; most is entered at the table, and put right at a desk
            this.device = i % 9 === 0 ? undefined : it.act === 'record' && i % 4 ? 'phone' : 'computer';
            if (it.act === 'record') this.record(member, id, content, i % 9 ? 'web' : 'api', at);
            else if (it.act === 'amend') this.amend(member, id, { ...content, ...it.content }, it.reason, at);
            else this.setDeleted(member, id, it.act === 'delete', it.reason, at);
          },
        }));
      });
      // the log's clock never runs back
      acts.sort((a, b) => a.at.getTime() - b.at.getTime());
      for (const { at, run } of acts) run(at.toISOString());
      this.device = undefined;
    }
    if (demo && !options.signedInAs) this.operations.seed(auditor.id);
    if (options.signedInAs) this.signedInAs = { member, auditor, admin }[options.signedInAs].id;
  }

  private seed(n: number, email: string, displayName: string, roles: Role[]): StoredAccount {
    return this.addAccount(
      {
        id: demoId(1, n),
        email,
        displayName,
        roles,
        currency: 'EUR',
        zone: 'Europe/Berlin',
        password: DEMO_PASSWORD,
        disabled: false,
        registeredAt: '2025-05-20T08:00:00Z',
      },
      n,
    );
  }

  private addAccount(account: StoredAccount, n = this.accounts.size + 1): StoredAccount {
    this.accounts.set(account.id, account);
    this.append(
      'Account',
      account.id,
      'AccountRegistered',
      { accountId: account.id, currency: account.currency, zone: account.zone },
      account,
      account.registeredAt,
    );
    DEFAULT_CATEGORIES.forEach((category, i) => {
      const id = demoId(100 + n, i + 1);
      const row = { id, ...category, archived: false, version: 0, ownerId: account.id };
      this.categories.set(id, row);
      const entry = this.append(
        'Category',
        id,
        'CategoryCreated',
        { categoryId: id, ownerId: account.id, ...category },
        account,
        account.registeredAt,
      );
      this.past.noteCategory(entry, row);
    });
    return account;
  }

  private append(
    aggregateType: string,
    aggregateId: string,
    event: string,
    payload: Record<string, unknown>,
    actor: Account,
    at = new Date().toISOString(),
    client: Client = 'web',
  ): AuditEvent {
    const before = this.log.at(-1)?.at;
    if (before && compareInstants(at, before) < 0)
      throw new Error(`The log's clock runs back: ${at} after ${before}`);
    const sequence = aggregateType === 'MealExpense' ? (this.expenses.get(aggregateId)?.version ?? 0) : 0;
    const requestId = demoId(7, this.log.length + 1);
    const metadata = {
      actorId: actor.id,
      actorRoles: actor.roles.join(','),
      client,
      ...(this.device ? { device: this.device } : {}),
      requestId,
      correlationId: requestId,
    };
    const entry: AuditEvent = {
      position: this.log.length + 1,
      eventId: demoId(8, this.log.length + 1),
      aggregateType,
      aggregateId,
      sequence,
      event,
      revision: '1',
      at,
      ownerId: (payload.ownerId as string) ?? undefined,
      actor: { id: actor.id, roles: actor.roles },
      client,
      device: this.device,
      requestId,
      reason: payload.reason as string | undefined,
      payload,
      metadata,
      stored: {
        name: event,
        revision: '1',
        payload: JSON.stringify(payload),
        metadata: JSON.stringify(metadata),
      },
    };
    this.log.push(entry);
    return entry;
  }

  private remember(
    expense: Stored,
    event: History['items'][number]['event'],
    actor: Account,
    before: Stored | undefined,
    client: Client,
    at: string,
    reason?: string,
  ): void {
    const changes = event.match(/Deleted|Restored/)
      ? []
      : WRITABLE.flatMap((field) => {
          const blank = (value: unknown) =>
            value === undefined || (Array.isArray(value) && value.length === 0);
          const from = before?.[field];
          const to = expense[field];
          if (JSON.stringify(from) === JSON.stringify(to) || (blank(from) && blank(to))) return [];
          return [{ field, ...(blank(from) ? {} : { from }), ...(blank(to) ? {} : { to }) }];
        });
    const payload = {
      mealExpenseId: expense.id,
      ownerId: expense.ownerId,
      ...(changes.length ? Object.fromEntries(WRITABLE.map((f) => [f, expense[f]])) : {}),
      ...(reason ? { reason } : {}),
    };
    const entry = this.append('MealExpense', expense.id, event, payload, actor, at, client);
    const { position } = entry;
    this.past.noteExpense(entry, expense);
    const items = this.histories.get(expense.id) ?? [];
    items.push({
      event,
      revision: '1',
      version: expense.version,
      position,
      at,
      actor: { id: actor.id },
      client,
      ...(this.device ? { device: this.device } : {}),
      ...(reason ? { reason } : {}),
      changes,
    });
    this.histories.set(expense.id, items);
  }

  record(
    owner: Account,
    id: string,
    content: ExpenseContent,
    client: Client = 'web',
    at = new Date().toISOString(),
  ): Stored {
    const expense: Stored = {
      tags: [],
      attendees: [],
      ...this.clean(content),
      id,
      ownerId: owner.id,
      version: 0,
      recordedAt: at,
      receipts: [],
    };
    this.expenses.set(id, expense);
    this.remember(expense, 'MealExpenseRecorded', owner, undefined, client, at);
    return expense;
  }

  amend(
    actor: Account,
    id: string,
    content: ExpenseContent,
    reason?: string,
    at = new Date().toISOString(),
  ): Stored {
    const expense = this.expenses.get(id)!;
    const before = { ...expense };
    for (const field of WRITABLE) delete (expense as Partial<Stored>)[field];
    Object.assign(expense, { tags: [], attendees: [] }, this.clean(content), {
      version: expense.version + 1,
      amendedAt: at,
    });
    this.remember(expense, 'MealExpenseAmended', actor, before, 'web', at, reason);
    return expense;
  }

  setDeleted(
    actor: Account,
    id: string,
    deleted: boolean,
    reason?: string,
    at = new Date().toISOString(),
  ): Stored {
    const expense = this.expenses.get(id)!;
    const before = { ...expense };
    if (deleted) expense.deletedAt = at;
    else delete expense.deletedAt;
    expense.version += 1;
    const event = deleted ? 'MealExpenseDeleted' : 'MealExpenseRestored';
    this.remember(expense, event, actor, before, 'web', at, reason);
    return expense;
  }

  private clean(content: ExpenseContent): ExpenseContent {
    const digits = fractionDigits(content.currency);
    const [whole, fraction = ''] = content.amount.split('.');
    return { ...content, amount: digits ? `${whole}.${fraction.padEnd(digits, '0')}` : whole! };
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v1/, '');
    if (request.method !== 'GET') this.device = (request.headers.get('Device') as Device) ?? undefined;
    try {
      return await this.route(request.method, path, url.searchParams, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return new Response(
        JSON.stringify({
          type: `/problems/${error.slug}`,
          title: TITLES[error.slug] ?? error.slug.replaceAll('-', ' '),
          status: error.status,
          detail: error.detail,
          traceId: 'mock-4f1d2c7a',
          errors: error.extra.errors,
        }),
        {
          status: error.status,
          headers: { 'Content-Type': 'application/problem+json', ...error.extra.headers },
        },
      );
    }
  }

  private json(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  }

  private done(
    version: number,
    status = 204,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Response {
    const all = { ETag: `"${version}"`, 'Consistency-Token': `t${this.log.length}`, ...headers };
    return body === undefined ? new Response(null, { status, headers: all }) : this.json(body, all, status);
  }

  private cookies(request: Request): Record<string, string> {
    return Object.fromEntries(
      (request.headers.get('Cookie') ?? '')
        .split(/;\s*/)
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );
  }

  private caller(request: Request): StoredAccount {
    const id = this.signedInAs ?? this.sessions.get(this.cookies(request).met_access ?? '');
    const account = id ? this.accounts.get(id) : undefined;
    if (!account || account.disabled) throw new Refusal(401, 'unauthenticated', 'Sign in first.');
    if (
      !this.signedInAs &&
      !['GET', 'HEAD'].includes(request.method) &&
      request.headers.get('X-CSRF-Token') !== this.cookies(request).met_csrf
    ) {
      throw new Refusal(403, 'csrf', 'The request did not come from this page.');
    }
    return account;
  }

  private signIn(account: StoredAccount): Response {
    const token = uuid7();
    this.sessions.set(token, account.id);
    const headers = new Headers();
    headers.append('Set-Cookie', `met_access=${token}; Path=/; HttpOnly; SameSite=Strict`);
    headers.append('Set-Cookie', `met_refresh=${token}; Path=/api/v1/auth; HttpOnly; SameSite=Strict`);
    headers.append('Set-Cookie', `met_csrf=${uuid7()}; Path=/; SameSite=Strict`);
    return new Response(null, { status: 204, headers });
  }

  private publicAccount({ id, email, displayName, roles, currency, zone }: StoredAccount): Account {
    return { id, email, displayName, roles, currency, zone };
  }

  private newAccount(body: Record<string, string>, roles: Role[]): StoredAccount {
    const errors = [];
    if (!/^\S+@\S+\.\S+$/.test(body.email ?? ''))
      errors.push({ field: 'email', message: 'must be an e-mail address' });
    if ((body.password ?? '').length < 12)
      errors.push({ field: 'password', message: 'must have at least 12 characters' });
    if (!body.displayName?.trim()) errors.push({ field: 'displayName', message: 'must not be blank' });
    if (errors.length) throw new Refusal(400, 'validation', 'Some values cannot be accepted.', { errors });
    if ([...this.accounts.values()].some((a) => a.email === body.email))
      throw new Refusal(409, 'email-taken', 'This e-mail address has an account already.');
    return this.addAccount({
      id: uuid7(),
      email: body.email!,
      displayName: body.displayName!,
      roles,
      currency: body.currency ?? 'EUR',
      zone: body.zone ?? 'UTC',
      password: body.password!,
      disabled: false,
      registeredAt: new Date().toISOString(),
    });
  }

  private async route(
    method: string,
    path: string,
    query: URLSearchParams,
    request: Request,
  ): Promise<Response> {
    const at = `${method} ${path}`;
    const body = async () => (await request.json()) as Record<string, string>;

    if (at === 'POST /auth/register') {
      const account = this.newAccount(await body(), ['MEMBER']);
      return this.done(0, 201, {}, this.publicAccount(account));
    }
    if (at === 'POST /auth/login') {
      const { email, password } = await body();
      const account = [...this.accounts.values()].find(
        (a) => a.email === email && a.password === password && !a.disabled,
      );
      if (!account) throw new Refusal(401, 'bad-credentials', 'E-mail or password is wrong.');
      return this.signIn(account);
    }
    if (at === 'POST /auth/refresh') {
      const account = this.accounts.get(this.sessions.get(this.cookies(request).met_refresh ?? '') ?? '');
      if (!account) throw new Refusal(401, 'unauthenticated', 'Sign in first.');
      return this.signIn(account);
    }
    if (at === 'POST /auth/logout') {
      const headers = new Headers();
      for (const name of ['met_access', 'met_csrf'])
        headers.append('Set-Cookie', `${name}=; Path=/; Max-Age=0`);
      headers.append('Set-Cookie', 'met_refresh=; Path=/api/v1/auth; Max-Age=0');
      return new Response(null, { status: 204, headers });
    }
    if (at === 'POST /auth/setup') {
      if (this.setupUsed) throw new Refusal(410, 'gone', 'This set-up link has been used.');
      const account = this.newAccount(await body(), ['ADMIN']);
      this.setupUsed = true;
      return this.done(0, 201, {}, this.publicAccount(account));
    }

    const caller = this.caller(request);
    if (query.has('asOf') && !HAS_PAST.test(path))
      throw new Refusal(400, 'validation', 'Some values cannot be accepted.', {
        errors: [{ field: 'asOf', message: 'is not a parameter' }],
      });
    if (at === 'GET /auth/me') return this.json(this.publicAccount(caller));
    if (at === 'PUT /auth/password') {
      const { currentPassword, newPassword } = await body();
      if (currentPassword !== caller.password)
        throw new Refusal(422, 'refused', 'The current password is not right.', {
          errors: [{ field: 'currentPassword', message: 'is not your password' }],
        });
      caller.password = newPassword!;
      return this.done(1);
    }
    if (path.startsWith('/auth/accounts')) return this.directory(method, path, caller);
    if (path.startsWith('/categories')) return this.categoryRoutes(method, path, query, request, caller);
    if (at === 'GET /log') return this.json({ closed: this.operations.restored !== undefined });
    if (path === '/log/recovery') return this.recovery(method, request, caller);
    if (this.operations.restored && method !== 'GET')
      throw new Refusal(
        503,
        'log-closed',
        'This data was restored from a backup. Until an administrator has declared the recovery, nothing can be recorded.',
      );
    if (at === 'GET /projections') return this.projections(caller);
    if (/^\/(projections|rebuilds)(\/|$)/.test(path))
      return this.operate(method, path, query, request, caller);
    if (method === 'GET' && (caller.roles.includes('AUDITOR') || /^\/(audit|sealed-log)\//.test(path)))
      this.recordAccess(path, query, caller);
    if (at === 'GET /sealed-log/pack') return this.pack(query, caller);
    if (at === 'GET /audit/events') return this.audit(query, caller);
    if (at === 'GET /audit/events/export') return this.exportLog(query, caller);
    if (at === 'GET /audit/accesses') return this.listAccesses(query, caller);
    if (at === 'GET /imports') return this.listImports(query, caller);
    if (/^POST \/imports\/[^/]+\/undo$/.test(at)) return this.undoImport(path, request, caller);
    if (at === 'GET /tags') return this.json({ items: this.tags(caller) });
    if (at === 'GET /places') return this.json({ items: this.places(caller, query) });
    if (path.startsWith('/reports/')) return this.report(path.slice(9), query, caller);
    if (path.startsWith('/expenses')) return this.expenseRoutes(method, path, query, request, caller);
    throw new Refusal(404, 'not-found', 'There is nothing here.');
  }

  private need(account: Account, ...roles: Role[]): void {
    if (!roles.some((role) => account.roles.includes(role)))
      throw new Refusal(403, 'forbidden', 'You may not do this.');
  }

  private directory(method: string, path: string, caller: StoredAccount): Response {
    const [, , , id = '', what, role] = path.split('/');
    if (method === 'GET') {
      this.need(caller, 'ADMIN', 'AUDITOR');
      const items = [...this.accounts.values()].map((a) => ({
        id: a.id,
        email: a.email,
        displayName: a.displayName,
        roles: a.roles,
        status: a.disabled ? 'disabled' : 'active',
        registeredAt: a.registeredAt,
      }));
      return this.json({ items });
    }
    this.need(caller, 'ADMIN');
    const account = this.accounts.get(id);
    if (!account) throw new Refusal(404, 'not-found', 'There is no such account.');
    if (what === 'disabled') account.disabled = method === 'PUT';
    else
      account.roles =
        method === 'PUT'
          ? [...new Set([...account.roles, role as Role])]
          : account.roles.filter((r) => r !== role);
    this.append(
      'Account',
      id,
      what === 'disabled'
        ? method === 'PUT'
          ? 'AccountDisabled'
          : 'AccountEnabled'
        : method === 'PUT'
          ? 'RoleGranted'
          : 'RoleRevoked',
      { accountId: id, role },
      caller,
    );
    return this.done(1);
  }

  private checkVersion(request: Request, version: number): void {
    const given = request.headers.get('If-Match');
    if (!given) throw new Refusal(428, 'version-required', 'Say which version you are changing (If-Match).');
    if (given.replace(/^W\//, '') !== `"${version}"`) {
      throw new Refusal(412, 'stale-version', 'This was changed by someone else since you opened it.', {
        headers: { ETag: `"${version}"` },
      });
    }
  }

  private async categoryRoutes(
    method: string,
    path: string,
    query: URLSearchParams,
    request: Request,
    caller: StoredAccount,
  ): Promise<Response> {
    const id = path.split('/')[2];
    if (method === 'GET') {
      const state = query.get('state') ?? 'active';
      const asOf = this.past.asked(query);
      const items = (asOf ? this.past.categoriesAt(asOf.position) : [...this.categories.values()])
        .filter((c) => caller.roles.includes('AUDITOR') || c.ownerId === caller.id)
        .filter((c) => state === 'all' || c.archived === (state === 'archived'));
      return this.json({ ...this.missing('categories', caller), items, asOf });
    }
    const content = method === 'DELETE' ? {} : ((await request.json()) as Category);
    if (method === 'POST') {
      const created = {
        ...(content as Category),
        id: (content as Category).id ?? uuid7(),
        archived: false,
        version: 0,
        ownerId: caller.id,
      };
      if (!created.name?.trim())
        throw new Refusal(400, 'validation', 'Some values cannot be accepted.', {
          errors: [{ field: 'name', message: 'must not be blank' }],
        });
      this.categories.set(created.id, created);
      const payload = { categoryId: created.id, ownerId: caller.id, ...content };
      this.past.noteCategory(
        this.append('Category', created.id, 'CategoryCreated', payload, caller),
        created,
      );
      return this.done(0, 201, { Location: `/api/v1/categories/${created.id}` });
    }
    const category = this.categories.get(id ?? '');
    if (!category || category.ownerId !== caller.id)
      throw new Refusal(404, 'not-found', 'There is no such category.');
    this.checkVersion(request, category.version);
    Object.assign(category, method === 'DELETE' ? { archived: true } : content, {
      version: category.version + 1,
    });
    const event = method === 'DELETE' ? 'CategoryArchived' : 'CategoryAmended';
    const payload = { categoryId: category.id, ownerId: caller.id, ...content };
    this.past.noteCategory(this.append('Category', category.id, event, payload, caller), category);
    return this.done(category.version);
  }

  private async recovery(method: string, request: Request, caller: StoredAccount): Promise<Response> {
    this.need(caller, 'ADMIN');
    const { restored } = this.operations;
    if (method === 'GET') return this.json(restored ?? { closed: false, position: this.log.length, lost: 0 });
    const { position } = (await request.json()) as { position: number; reason: string };
    if (restored?.position !== position)
      throw new Refusal(409, 'conflict', 'The log ends elsewhere. Look at it again before you declare.');
    this.operations.restored = undefined;
    return this.json({ declaredAt: position + 1 });
  }

  private projections(caller: StoredAccount): Response {
    this.need(caller, 'ADMIN');
    const head = this.log.length;
    const items = [...PROJECTIONS, 'rebuild-control'].map((name, i) => ({
      name,
      rebuildable: name !== 'rebuild-control',
      state: i === 2 ? 'catching-up' : 'running',
      instance: i % 3 === 0 ? '1@query-2' : '1@query-1',
      position: i === 2 ? head - 240 : head,
      head,
      lagEvents: i === 2 ? 240 : 0,
      lagSeconds: i === 2 ? 1.4 : 0,
      ...this.operations.ofProjection(name),
    }));
    return this.json({ items });
  }

  private async operate(
    method: string,
    path: string,
    query: URLSearchParams,
    request: Request,
    caller: StoredAccount,
  ): Promise<Response> {
    this.need(caller, 'ADMIN');
    if (method === 'GET') return this.json(this.operations.read(path, query));
    const body = (await request.json()) as {
      reason?: string;
      projections?: string[];
      id?: string;
      comparedAt?: number;
    };
    const id = this.operations.command(path, body, caller.id);
    return id ? this.done(0, 202, { Location: `/api/v1/rebuilds/${id}` }, { id }) : this.done(1, 202);
  }

  /** What an answer says where events of the one it belongs to, or of anybody for an auditor, are parked. */
  private missing(projection: string, caller: StoredAccount): { incomplete?: true } {
    return this.operations.incomplete(projection, caller.roles.includes('AUDITOR') ? undefined : caller.id);
  }

  private audit(query: URLSearchParams, caller: StoredAccount): Response {
    this.need(caller, 'AUDITOR');
    const before = Number(query.get('cursor') ?? Infinity);
    const limit = Number(query.get('limit') ?? 50);
    const matching = this.logged(query)
      .reverse()
      .filter((e) => e.position < before);
    const items = matching.slice(0, limit);
    return this.json({
      ...this.missing('audit-trail', caller),
      items,
      sealedUpTo: this.sealedUpTo(),
      ...(matching.length > limit ? { nextCursor: String(items.at(-1)!.position) } : {}),
    });
  }

  private pack(query: URLSearchParams, caller: StoredAccount): Response {
    this.need(caller, 'AUDITOR');
    const { name, events } = packed(this.log, query);
    if (events.some(({ position }) => position > this.sealedUpTo()))
      throw new Refusal(503, 'not-sealed', 'Some of it is not sealed yet.', {
        headers: { 'Retry-After': '2' },
      });
    return new Response(zipOf(events), {
      headers: { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment; filename="${name}"` },
    });
  }

  private logged(query: URLSearchParams): AuditEvent[] {
    const is = (name: string, value: unknown) =>
      !query.has(name) || query.getAll(name).includes(String(value));
    return this.log.filter(
      (e) =>
        is('actorId', e.actor.id) &&
        is('subjectId', e.aggregateId) &&
        is('ownerId', e.ownerId) &&
        is('type', e.event) &&
        is('requestId', e.requestId) &&
        is('correlationId', e.metadata.correlationId) &&
        (!query.get('from') || e.at >= query.get('from')!) &&
        (!query.get('to') || e.at <= query.get('to')!),
    );
  }

  private exportLog(query: URLSearchParams, caller: StoredAccount): Response {
    this.need(caller, 'AUDITOR');
    const events = this.logged(query);
    const csv = query.get('format') === 'csv';
    const lines = csv
      ? ['position,at,event', ...events.map((e) => `${e.position},${e.at},${e.event}`)]
      : events.map((e) => JSON.stringify(e));
    return new Response(lines.map((line) => line + (csv ? '\r\n' : '\n')).join(''), {
      headers: { 'Content-Type': csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8' },
    });
  }

  private recordAccess(path: string, query: URLSearchParams, caller: StoredAccount): void {
    const filter: Record<string, string[]> = {};
    for (const name of [...new Set(query.keys())].sort()) filter[name] = query.getAll(name);
    this.accesses.unshift({
      entry: this.accesses.length + 1,
      at: new Date().toISOString(),
      accountId: caller.id,
      roles: caller.roles,
      client: 'web',
      route: `/api/v1${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{id}')}`,
      path: `/api/v1${path}`,
      filter,
      traceId: demoId(6, this.accesses.length + 1).replaceAll('-', ''),
    });
  }

  private listAccesses(query: URLSearchParams, caller: StoredAccount): Response {
    this.need(caller, 'AUDITOR', 'ADMIN');
    const is = (name: string, value: string) => !query.get(name) || query.get(name) === value;
    const before = Number(query.get('cursor') ?? Infinity);
    const limit = Number(query.get('limit') ?? 50);
    const matching = this.accesses.filter(
      (a) =>
        a.entry < before && is('accountId', a.accountId) && is('route', a.route) && is('traceId', a.traceId),
    );
    const items = matching.slice(0, limit);
    return this.json({
      items,
      ...(matching.length > limit ? { nextCursor: String(items.at(-1)!.entry) } : {}),
    });
  }

  private listImports(query: URLSearchParams, caller: StoredAccount): Response {
    this.need(caller, 'MEMBER', 'AUDITOR');
    const start = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 20);
    const all = [...this.imports.values()].filter((it) => it.ownerId === caller.id).reverse();
    return this.json({
      ...this.missing('imports', caller),
      items: all.slice(start, start + limit).map(({ undone, ...it }) => {
        const brought = [...this.expenses.values()].filter((e) => e.importId === it.id);
        return {
          ...it,
          state: undone ? 'undone' : 'applied',
          recorded: brought.length,
          totals: totalsOf(brought),
        };
      }),
      ...(start + limit < all.length ? { nextCursor: String(start + limit) } : {}),
    });
  }

  private async undoImport(path: string, request: Request, caller: StoredAccount): Promise<Response> {
    this.need(caller, 'MEMBER');
    const it = this.imports.get(path.split('/')[2]!);
    if (!it || it.ownerId !== caller.id) throw new Refusal(404, 'not-found', 'There is nothing here.');
    const { changedToo } = (await request.json()) as { changedToo?: boolean };
    const now = new Date().toISOString();
    const expenses = [...this.expenses.values()]
      .filter((e) => e.importId === it.id)
      .map((expense) => {
        if (expense.deletedAt) return { expenseId: expense.id, status: 'gone' };
        if (expense.version > 0 && !changedToo) return { expenseId: expense.id, status: 'kept' };
        this.setDeleted(caller, expense.id, true, 'Import undone', now);
        return { expenseId: expense.id, status: 'deleted' };
      });
    const count = (status: string) => expenses.filter((expense) => expense.status === status).length;
    if (count('deleted') === 0)
      throw it.undone
        ? new Refusal(410, 'gone', 'The import was undone before.')
        : new Refusal(409, 'conflict', 'Nothing is left of what this import recorded.');
    Object.assign(it, {
      undone: true,
      undoneAt: now,
      deleted: (it.deleted ?? 0) + count('deleted'),
      kept: count('kept'),
      version: it.version + 1,
    });
    this.append(
      'ExpenseImport',
      it.id,
      'ImportUndone',
      {
        importId: it.id,
        ownerId: it.ownerId,
        deleted: count('deleted'),
        kept: count('kept'),
        gone: count('gone'),
      },
      caller,
    );
    return this.done(
      it.version,
      200,
      {},
      { deleted: count('deleted'), kept: count('kept'), gone: count('gone'), expenses },
    );
  }

  private visible(caller: StoredAccount, query: URLSearchParams, asOf = this.past.asked(query)): Stored[] {
    const owner = query.get('ownerId');
    const auditor = caller.roles.includes('AUDITOR');
    if (owner && owner !== caller.id) this.need(caller, 'AUDITOR');
    if (!auditor) this.need(caller, 'MEMBER');
    const all = asOf ? this.past.expensesAt(asOf.position) : [...this.expenses.values()];
    return all.filter((e) => (owner ? e.ownerId === owner : auditor || e.ownerId === caller.id));
  }

  private tags(caller: StoredAccount): { name: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const e of this.visible(caller, new URLSearchParams()))
      for (const tag of e.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  }

  private places(caller: StoredAccount, query: URLSearchParams) {
    const q = (query.get('q') ?? '').toLowerCase();
    const byPlace = new Map<string, Stored[]>();
    for (const e of this.visible(caller, new URLSearchParams())) {
      if (!e.deletedAt && e.place?.toLowerCase().includes(q))
        byPlace.set(e.place, [...(byPlace.get(e.place) ?? []), e]);
    }
    return [...byPlace]
      .map(([place, all]) => {
        const last = all.reduce((a, b) => (b.spentOn >= a.spentOn ? b : a));
        return {
          place,
          categoryId: last.categoryId,
          mealType: last.mealType,
          currency: last.currency,
          count: all.length,
          lastSpentOn: last.spentOn,
        };
      })
      .sort((a, b) => (a.lastSpentOn < b.lastSpentOn ? 1 : -1))
      .slice(0, Number(query.get('limit') ?? 20));
  }

  private filtered(query: URLSearchParams, caller: StoredAccount): Stored[] {
    const days = ['from', 'to'] as const;
    for (const name of days) {
      if (query.get(name) && !isDay(query.get(name)))
        throw new Refusal(400, 'validation', 'Some values cannot be accepted.', {
          errors: [{ field: name, message: 'must be a day, yyyy-MM-dd' }],
        });
    }
    const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const any = (name: string, value: string | undefined) =>
      !query.has(name) || query.getAll(name).includes(value ?? 'none');
    const q = fold(query.get('q') ?? '');
    const deleted = query.get('state') === 'deleted';
    return this.visible(caller, query).filter(
      (e) =>
        Boolean(e.deletedAt) === deleted &&
        (!query.get('from') || e.spentOn >= query.get('from')!) &&
        (!query.get('to') || e.spentOn <= query.get('to')!) &&
        any('categoryId', e.categoryId) &&
        any('mealType', e.mealType) &&
        any('currency', e.currency) &&
        any('orderType', e.orderType) &&
        query.getAll('tag').every((tag) => e.tags.includes(tag)) &&
        (!query.get('minAmount') || Number(e.amount) >= Number(query.get('minAmount'))) &&
        (!query.get('maxAmount') || Number(e.amount) <= Number(query.get('maxAmount'))) &&
        (!q || fold([e.place, e.notes, e.purpose].join(' ')).includes(q)),
    );
  }

  private sorted(list: Stored[], sort: string): Stored[] {
    const by: Record<string, (a: Stored, b: Stored) => number> = {
      spentOn: (a, b) => a.spentOn.localeCompare(b.spentOn),
      amount: (a, b) => a.currency.localeCompare(b.currency) || Number(a.amount) - Number(b.amount),
      place: (a, b) => (a.place ?? '').localeCompare(b.place ?? ''),
    };
    const order = by[sort.replace('-', '')] ?? by.spentOn!;
    const sign = sort.startsWith('-') ? -1 : 1;
    return list.sort((a, b) => sign * (order(a, b) || a.id.localeCompare(b.id)));
  }

  private report(name: string, query: URLSearchParams, caller: StoredAccount): Response {
    const group = <K>(items: Stored[], key: (e: Stored) => K) => {
      const map = new Map<K, Stored[]>();
      for (const e of items) map.set(key(e), [...(map.get(key(e)) ?? []), e]);
      return map;
    };
    const asOf = this.past.asked(query);
    if (name === 'monthly') {
      const from = query.get('from') ?? addMonths(monthOf(today()), -11);
      const to = query.get('to') ?? monthOf(today());
      const range = new URLSearchParams(query);
      range.set('from', firstDay(from));
      range.set('to', lastDay(to));
      const months = [...group(this.filtered(range, caller), (e) => monthOf(e.spentOn))].sort(([a], [b]) =>
        a.localeCompare(b),
      );
      return this.json({
        ...this.missing('monthly-report', caller),
        asOf,
        months: months.map(([month, items]) => ({ month, totals: totalsOf(items) })),
      });
    }
    const items = this.filtered(query, caller);
    if (name === 'categories') {
      const rows = [...group(items, (e) => e.categoryId ?? null)].map(([categoryId, of]) => {
        const category = asOf
          ? this.past.categoryAt(categoryId ?? '', asOf.position)
          : this.categories.get(categoryId ?? '');
        return {
          categoryId,
          name: category?.name ?? null,
          colour: category?.colour,
          icon: category?.icon,
          totals: totalsOf(of),
        };
      });
      rows.sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)));
      return this.json({ ...this.missing('category-spend', caller), categories: rows, asOf });
    }
    const groupBy = (query.get('groupBy') ?? 'month').split(',');
    const part: Record<string, (e: Stored) => string | null> = {
      month: (e) => monthOf(e.spentOn),
      day: (e) => e.spentOn,
      category: (e) => e.categoryId ?? null,
      mealType: (e) => e.mealType,
      weekday: (e) => WEEKDAYS[(toDate(e.spentOn).getDay() + 6) % 7]!,
    };
    const rows = [
      ...group(items, (e) => JSON.stringify(Object.fromEntries(groupBy.map((g) => [g, part[g]!(e)])))),
    ].sort(([a], [b]) => a.localeCompare(b));
    return this.json({
      ...this.missing('category-spend', caller),
      asOf,
      groupBy,
      rows: rows.map(([key, of]) => ({ key: JSON.parse(key) as object, totals: totalsOf(of) })),
    });
  }

  private checkContent(content: ExpenseContent, caller: StoredAccount): void {
    const errors: { field: string; message: string }[] = [];
    const wrong = (field: string, message: string) => errors.push({ field, message });
    if (!isDay(content.spentOn)) wrong('spentOn', 'must be a day, yyyy-MM-dd');
    if (!/^-?(0|[1-9]\d{0,11})(\.\d+)?$/.test(content.amount ?? '') || Number(content.amount) === 0)
      wrong('amount', 'must be a decimal number that is not zero');
    else if ((content.amount.split('.')[1] ?? '').length > fractionDigits(content.currency))
      wrong('amount', `has more digits than ${content.currency} has`);
    if ((content.place ?? '').length > 200) wrong('place', 'must have at most 200 characters');
    if (errors.length) throw new Refusal(400, 'validation', 'Some values cannot be accepted.', { errors });
    if (content.categoryId && this.categories.get(content.categoryId)?.ownerId !== caller.id) {
      throw new Refusal(422, 'unknown-category', 'There is no such category.', {
        errors: [{ field: 'categoryId', message: 'is not one of yours' }],
      });
    }
    const limit = addMonths(monthOf(today()), 12);
    if (monthOf(content.spentOn) > limit)
      throw new Refusal(422, 'spent-in-the-future', 'The day is more than a year ahead.', {
        errors: [{ field: 'spentOn', message: 'is more than a year ahead' }],
      });
  }

  private csv(list: Stored[]): string {
    const cell = (value: unknown) => {
      const text = value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value);
      const safe = /^[=+\-@\t\r]/.test(text) && !/^-\d/.test(text) ? `'${text}` : text;
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const columns = ['id', ...WRITABLE] as const;
    return (
      [columns.join(','), ...list.map((e) => columns.map((c) => cell(e[c])).join(','))].join('\r\n') + '\r\n'
    );
  }

  private async expenseRoutes(
    method: string,
    path: string,
    query: URLSearchParams,
    request: Request,
    caller: StoredAccount,
  ): Promise<Response> {
    const [, , id, sub] = path.split('/');
    const asOf = sub ? undefined : this.past.asked(query);
    if (method === 'GET' && !id) {
      const all = this.sorted(this.filtered(query, caller), query.get('sort') ?? '-spentOn');
      const start = Number(query.get('cursor') ?? 0);
      const limit = Number(query.get('limit') ?? 50);
      const next = start + limit < all.length ? { nextCursor: String(start + limit) } : {};
      return this.json({
        ...this.missing('expense-list', caller),
        items: all.slice(start, start + limit),
        ...next,
        totals: totalsOf(all),
        asOf,
      });
    }
    if (method === 'GET' && id === 'export') {
      const text = this.csv(this.sorted(this.filtered(query, caller), query.get('sort') ?? '-spentOn'));
      return new Response(text, {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="expenses.csv"',
          ...(this.missing('expense-list', caller).incomplete ? { Incomplete: 'true' } : {}),
          ...(asOf ? { 'Meals-As-Of-Position': String(asOf.position) } : {}),
        },
      });
    }
    if (method === 'GET' && (id === 'changes' || id === 'steps')) {
      const owner = query.get('ownerId');
      if (owner && owner !== caller.id) this.need(caller, 'AUDITOR');
      const everybody = caller.roles.includes('AUDITOR');
      const may = (ownerId: string) => (owner ? ownerId === owner : everybody || ownerId === caller.id);
      return this.json({ ...this.missing('expense-list', caller), ...this.past[id](query, may) });
    }
    if (method === 'GET') {
      const expense = asOf ? this.past.expenseAt(id!, asOf.position) : this.expenses.get(id!);
      if (!expense || (expense.ownerId !== caller.id && !caller.roles.includes('AUDITOR')))
        throw new Refusal(404, 'not-found', 'There is no such expense.');
      if (sub === 'history')
        return this.json({ ...this.missing('audit-trail', caller), items: this.histories.get(id!) ?? [] });
      if (expense.deletedAt)
        throw new Refusal(410, 'gone', 'This expense was deleted.', {
          headers: { ETag: `"${expense.version}"` },
        });
      return this.json(
        { ...expense, ...this.missing('expense-list', caller), asOf },
        { ETag: `"${expense.version}"` },
      );
    }
    if (!caller.roles.includes('MEMBER') || caller.roles.includes('AUDITOR'))
      throw new Refusal(403, 'forbidden', 'You may not change expenses.');
    if (method === 'POST' && id === 'import') return this.import(request, caller);
    if (method === 'POST' && !id) {
      const { id: given = uuid7(), ...content } = (await request.json()) as ExpenseContent & { id?: string };
      this.checkContent(content, caller);
      const before = this.expenses.get(given);
      if (before) return this.done(0, 201, { Location: `/api/v1/expenses/${given}` });
      this.record(caller, given, content);
      return this.done(0, 201, { Location: `/api/v1/expenses/${given}` });
    }
    const expense = this.expenses.get(id!);
    if (!expense || expense.ownerId !== caller.id)
      throw new Refusal(404, 'not-found', 'There is no such expense.');
    if (sub === 'restore') {
      if (!expense.deletedAt) throw new Refusal(409, 'conflict', 'This expense is not deleted.');
      this.checkVersion(request, expense.version);
      const said = await request.text();
      const why = said ? (JSON.parse(said) as { reason?: string }).reason : undefined;
      return this.done(this.setDeleted(caller, id!, false, why).version);
    }
    if (expense.deletedAt)
      throw new Refusal(410, 'already-deleted', 'This expense was deleted.', {
        headers: { ETag: `"${expense.version}"` },
      });
    if (method === 'DELETE') {
      this.checkVersion(request, expense.version);
      return this.done(this.setDeleted(caller, id!, true, query.get('reason') ?? undefined).version);
    }
    const { reason, ...content } = (await request.json()) as ExpenseContent & { reason?: string };
    this.checkContent(content, caller);
    this.checkVersion(request, expense.version);
    return this.done(this.amend(caller, id!, content, reason).version);
  }

  private async import(request: Request, caller: StoredAccount): Promise<Response> {
    const file = (await request.formData()).get('file');
    const text = file instanceof Blob ? await file.text() : String(file ?? '');
    const result = this.importText(text, file instanceof File ? file.name : undefined, caller);
    return this.done(0, 200, {}, result);
  }

  /** Reads a file as the import does. */
  importText(text: string, fileName: string | undefined, caller: Account): ImportResult {
    const importId = uuid7();
    const lines = text.split(/\r?\n/).filter(Boolean);
    const header = (lines[0] ?? '').split(',').map((c) => c.trim());
    const column = (...names: string[]) => header.findIndex((h) => names.includes(h));
    const dateAt = column('date', 'spentOn');
    if (dateAt < 0 || lines.length < 2)
      throw new Refusal(422, 'nothing-to-import', 'The file has no column "date".');
    const rows: ImportResult['rows'] = lines.slice(1).map((line, i) => {
      const cells = line.split(',');
      const spentOn = cells[dateAt] ?? '';
      const amount = cells[column('amount')] ?? '';
      const errors = [];
      if (!isDay(spentOn)) errors.push({ field: 'date', message: `"${spentOn}" is not a day` });
      if (!/^-?\d+(\.\d{1,2})?$/.test(amount))
        errors.push({ field: 'amount', message: `"${amount}" is not an amount` });
      if (errors.length) return { row: i + 1, status: 'refused' as const, errors };
      const place = cells[column('restaurant_name', 'place')];
      const same = [...this.expenses.values()].find(
        (e) =>
          e.importId &&
          e.ownerId === caller.id &&
          e.spentOn === spentOn &&
          e.place === place &&
          sum([e.amount]) === sum([Number(amount).toFixed(2)]),
      );
      if (same) return { row: i + 1, status: 'same' as const, expenseId: same.id };
      const expense = this.record(
        caller,
        uuid7(),
        {
          spentOn,
          amount,
          currency: caller.currency,
          mealType: (cells[column('meal_type', 'mealType')] as 'lunch') ?? 'other',
          place,
          tags: [],
          attendees: [],
        },
        'import',
      );
      expense.importId = importId;
      return { row: i + 1, status: 'recorded' as const, expenseId: expense.id };
    });
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    this.imports.set(importId, {
      id: importId,
      ownerId: caller.id,
      fileName,
      at: new Date().toISOString(),
      same: count('same'),
      refused: count('refused'),
      undone: false,
      version: 0,
    });
    this.append(
      'ExpenseImport',
      importId,
      'ImportApplied',
      {
        importId,
        ownerId: caller.id,
        recorded: count('recorded'),
        same: count('same'),
        refused: count('refused'),
        fileName,
      },
      caller,
      undefined,
      'import',
    );
    return { recorded: count('recorded'), same: count('same'), refused: count('refused'), rows };
  }
}

#!/usr/bin/env node
// Folds the event log by its own understanding of docs/events.md and compares every read model with the result.
// Shares no code with the product, reads nothing of the log but event_store.domain_event, adds amounts exactly.
//
//   fold.mjs [--wait SECONDS]     how long the projections may take to reach the end of the log, default 30
//
// Connects as the query role, with the variables of the query service:
//   MEALS_QUERY_DB_URL, MEALS_QUERY_DB_USERNAME, MEALS_QUERY_DB_PASSWORD       the read models
//   MEALS_QUERY_LOG_DB_URL, …_USERNAME, …_PASSWORD                             the log, where it is another database
//
// Exit code 0: equal; 1: they differ, or the log is not what a log may be; 2: could not find out.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';

const PAGE = 2_000;
const EXAMPLES = 10;
const READ_MODEL = 'read_model';
const PROJECTIONS = {
  'audit-trail': /^audit_trail_/,
  categories: /^category_item$/,
  'category-spend': /^category_spend_/,
  'expense-list': /^expense_list_/,
  'expense-versions': /^(expense|category)_version/,
  imports: /^import_/,
  'monthly-report': /^monthly_report_/,
};

// Every other table and column of the schema must be compared, or this program cannot say that all is equal.
const NOT_COMPARED = new Set([
  'flyway_schema_history',
  'projection_instance',
  'projection_token',
  'projection_rebuild',
  'operator_act',
  'dead_letter',
  'retired_table',
  'expense_list_item.place_key', // how searching and sorting spell texts that are compared
  'expense_list_item.search_text',
  'expense_version.place_key',
  'expense_version.search_text',
  'audit_trail_entry.payload', // may have been upcast since it was stored
  'audit_trail_entry.metadata',
]);

class CannotTell extends Error {}

/** The schema of the copy that readers see, by projection. */
const live = new Map();

function liveTable(table) {
  const owner = Object.keys(PROJECTIONS).find((name) => PROJECTIONS[name].test(table));
  return `${live.get(owner)}.${table}`;
}

const expenses = new Map();
const categories = new Map();
const imports = new Map();
const imported = new Map();
const expenseVersions = [];
const categoryVersions = [];
const monthTotals = [];
const sequences = new Map();

const expenseOf = (event) => known(expenses, event, event.payload.mealExpenseId);
const categoryOf = (event) => known(categories, event, event.payload.categoryId);

const FOLD = {
  'MealExpenseRecorded 1': (event) => {
    if (event.payload.importId) imported.set(event.payload.mealExpenseId, broughtBy(event));
    expenses.set(event.payload.mealExpenseId, {
      ...content(event.payload),
      expense_id: event.payload.mealExpenseId,
      owner_id: event.payload.ownerId,
      sequence: event.sequence,
      deleted: 'f',
      recorded_at: event.recorded_at,
      amended_at: null,
      deleted_at: null,
    });
  },
  'MealExpenseAmended 1': (event) =>
    Object.assign(expenseOf(event), content(event.payload), {
      sequence: event.sequence,
      amended_at: event.recorded_at,
    }),
  'MealExpenseDeleted 1': (event) =>
    Object.assign(expenseOf(event), { sequence: event.sequence, deleted: 't', deleted_at: event.recorded_at }),
  'MealExpenseRestored 1': (event) =>
    Object.assign(expenseOf(event), { sequence: event.sequence, deleted: 'f', deleted_at: null }),
  'CategoryCreated 1': (event) =>
    categories.set(event.payload.categoryId, {
      ...look(event.payload),
      category_id: event.payload.categoryId,
      owner_id: event.payload.ownerId,
      sequence: event.sequence,
      archived: 'f',
    }),
  'CategoryAmended 1': (event) => Object.assign(categoryOf(event), look(event.payload), { sequence: event.sequence }),
  'CategoryArchived 1': (event) => Object.assign(categoryOf(event), { sequence: event.sequence, archived: 't' }),
  'ImportApplied 1': (event) => {
    const { payload } = event;
    const before = imports.get(payload.importId) ?? NO_IMPORT;
    imports.set(payload.importId, {
      ...before,
      ...importOf(event),
      file_name: payload.fileName ?? before.file_name,
      applied_at: event.recorded_at,
      same: String(payload.same),
      refused: String(payload.refused),
      undone: before.undone === 't' && payload.recorded === 0 ? 't' : 'f',
    });
  },
  'ImportUndone 1': (event) => {
    const { payload } = event;
    const before = imports.get(payload.importId) ?? NO_IMPORT;
    imports.set(payload.importId, {
      ...before,
      ...importOf(event),
      undone: 't',
      undone_at: event.recorded_at,
      deleted: String(Number(before.deleted) + payload.deleted),
      kept: String(payload.kept),
    });
  },
  // these are in the audit trail only
  'AccountRegistered 1': () => {},
  'AccountDisabled 1': () => {},
  'AccountEnabled 1': () => {},
  'PasswordChanged 1': () => {},
  'RoleGranted 1': () => {},
  'RoleRevoked 1': () => {},
  'ProjectionRebuildRequested 1': () => {},
  'ProjectionRebuildSwapped 1': () => {},
  'ProjectionRebuildCancelled 1': () => {},
  'DeadLetterRetried 1': () => {},
  'DeadLetterDiscarded 1': () => {},
  'LogRecoveryDeclared 1': () => {},
};

const NO_IMPORT = {
  file_name: null,
  applied_at: null,
  same: '0',
  refused: '0',
  undone: 'f',
  undone_at: null,
  deleted: '0',
  kept: '0',
};

const importOf = ({ payload, sequence }) => ({ import_id: payload.importId, owner_id: payload.ownerId, sequence });

/** An expense as its import recorded it, whatever happened since. */
const broughtBy = ({ payload, sequence, recorded_at }) => ({
  expense_id: payload.mealExpenseId,
  owner_id: payload.ownerId,
  sequence,
  import_id: payload.importId,
  currency: payload.currency,
  amount: decimal(payload.amount),
  recorded_at,
  deleted: 'f',
});

/** The whole content, as columns spell it; what an event does not mention is cleared. */
function content(payload) {
  return {
    spent_on: payload.spentOn,
    spent_at: payload.spentAt?.slice(0, 5) ?? null,
    zone: payload.zone ?? null,
    amount: decimal(payload.amount),
    currency: payload.currency,
    tax: payload.tax === undefined ? null : decimal(payload.tax),
    tip: payload.tip === undefined ? null : decimal(payload.tip),
    meal_type: payload.mealType,
    order_type: payload.orderType ?? null,
    party_size: payload.partySize === undefined ? null : String(payload.partySize),
    category_id: payload.categoryId ?? null,
    restaurant_id: payload.restaurantId ?? null,
    place: payload.place ?? null,
    tags: JSON.stringify(payload.tags ?? []),
    purpose: payload.purpose ?? null,
    attendees: JSON.stringify(payload.attendees ?? []),
    notes: payload.notes ?? null,
  };
}

const look = ({ name, colour, icon }) => ({ name, colour, icon });

function known(states, event, id) {
  const state = states.get(id);
  if (!state) throw new CannotTell(`position ${event.position}: ${event.name} of ${id}, which was never made`);
  return state;
}

const DIGITS = 6; // of the fraction; no currency has more than four

const FOR_GOOD = '9223372036854775807';
const latest = new Map();

/** The state that an event left, and where the one before it ended. */
function keepVersion(event) {
  const { payload, metadata, position } = event;
  const expense = expenses.get(event.aggregate_id);
  if (expense) {
    const version = {
      ...expense,
      event: event.name,
      at: event.recorded_at,
      actor_id: metadata.actorId ?? null,
      reason: payload.reason ?? null,
      from_position: position,
      until_position: FOR_GOOD,
    };
    keepMonths(position, succeed(expenseVersions, event, version), version);
  }
  const category = categories.get(event.aggregate_id);
  if (category) {
    succeed(categoryVersions, event, { ...category, from_position: position, until_position: FOR_GOOD });
  }
}

/** Adds the version after closing the one before it, and returns that. */
function succeed(versions, { aggregate_id, position }, version) {
  const before = latest.get(aggregate_id);
  if (before) before.until_position = position;
  versions.push(version);
  latest.set(aggregate_id, version);
  return before;
}

const running = new Map();
const overall = new Map();

/** What the months that an event touched sum up to after it. */
function keepMonths(position, before, after) {
  const moved = new Map();
  for (const [version, sign] of [
    [before, -1n],
    [after, 1n],
  ]) {
    if (!version || version.deleted === 't') continue;
    const key = pick(MONTH_KEY)(withMonth(version));
    const id = JSON.stringify(key);
    const sum = moved.get(id) ?? moved.set(id, { key, amount: 0n, count: 0n }).get(id);
    sum.amount += sign * units(version.amount);
    sum.count += sign;
  }
  for (const [id, { key, amount, count }] of moved) {
    if (amount === 0n && count === 0n) continue;
    const before = running.get(id);
    const sum = { amount: (before?.amount ?? 0n) + amount, count: (before?.count ?? 0n) + count };
    running.set(id, sum);
    const ofAll = JSON.stringify([key.month, key.currency]);
    const soFar = overall.get(ofAll);
    const all = { amount: (soFar?.amount ?? 0n) + amount, count: (soFar?.count ?? 0n) + count };
    overall.set(ofAll, all);
    monthTotals.push({
      ...key,
      position,
      amount: plain(sum.amount),
      count: String(sum.count),
      is_first: before ? 'f' : 't',
      overall_amount: plain(all.amount),
      overall_count: String(all.count),
    });
  }
}

/** Amounts are text in events: a JSON number would have been rounded before anybody could look. */
function decimal(text) {
  if (typeof text !== 'string' || !/^-?\d+(\.\d+)?$/.test(text)) throw new CannotTell(`not an amount: ${text}`);
  return text;
}

function units(text) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (fraction.length > DIGITS) throw new CannotTell(`more than ${DIGITS} digits: ${text}`);
  const size = BigInt(whole + fraction.padEnd(DIGITS, '0'));
  return sign ? -size : size;
}

/** The shortest text of an exact amount, the same for 12.5 and 12.50. */
function plain(amount) {
  const digits = String(amount < 0n ? -amount : amount).padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '');
  return (amount < 0n ? '-' : '') + digits.slice(0, -DIGITS) + (fraction && `.${fraction}`);
}

const shortest = (text) => (text?.includes('.') ? text.replace(/\.?0+$/, '') : (text ?? null));

function totalsBy(keyOf, counts, states) {
  const totals = new Map();
  for (const expense of states.values()) {
    if (expense.deleted === 't' || !counts(expense)) continue;
    const key = keyOf(expense);
    const id = JSON.stringify(key);
    const total = totals.get(id) ?? totals.set(id, { ...key, sum: 0n, number: 0n }).get(id);
    total.sum += units(expense.amount);
    total.number += 1n;
  }
  for (const total of totals.values()) {
    Object.assign(total, { amount: plain(total.sum), count: String(total.number) });
  }
  return totals;
}

const pick = (names) => (from) => Object.fromEntries(names.map((name) => [name, from[name]]));
const firstOfMonth = (day) => `${day.slice(0, 7)}-01`;

const EXPENSE = (
  'expense_id owner_id sequence deleted spent_on spent_at zone amount currency tax tip meal_type order_type ' +
  'party_size category_id restaurant_id place tags purpose attendees notes recorded_at amended_at deleted_at'
).split(' ');
const SPEND = 'expense_id owner_id sequence deleted spent_on category_id meal_type currency amount'.split(' ');
const SPEND_KEY = 'owner_id spent_on category_id meal_type currency'.split(' ');
const LINE = 'expense_id owner_id sequence deleted month currency amount'.split(' ');
const MONTH_KEY = 'owner_id month currency'.split(' ');
const IMPORT =
  'import_id owner_id sequence file_name applied_at same refused undone undone_at deleted kept'.split(' ');
const IMPORTED = 'expense_id owner_id sequence import_id currency amount recorded_at'.split(' ');
const IMPORTED_KEY = 'owner_id import_id currency'.split(' ');
const POSITIONS = ['from_position', 'until_position'];
const OVERALL = ['overall_amount', 'overall_count'];
const CATEGORY = 'category_id owner_id sequence name colour icon archived'.split(' ');

const withMonth = (expense) => ({ ...expense, month: firstOfMonth(expense.spent_on) });

const byKey = (key, rows) => new Map(rows.map((row) => [JSON.stringify(pick(key)(row)), row]));

const lines = (table, columns, states, view = (state) => state) => ({
  table,
  columns,
  key: [columns[0]],
  rows: () => byKey([columns[0]], Array.from(states.values(), view)),
});

const totals = (table, key, view = (state) => state, counts = () => true, states = expenses) => ({
  table,
  columns: [...key, 'amount', 'count'],
  key,
  rows: () => totalsBy((expense) => pick(key)(view(expense)), counts, states),
});

const listed = (table, columns, key, rows) => ({ table, columns, key, rows: () => byKey(key, rows) });

const TABLES = [
  lines('expense_list_item', EXPENSE, expenses),
  totals('expense_list_total', SPEND_KEY),
  totals('expense_list_month_total', MONTH_KEY, withMonth),
  lines('expense_list_category', ['category_id', 'owner_id', 'sequence', 'name'], categories),
  lines('monthly_report_line', LINE, expenses, withMonth),
  totals('monthly_report_total', MONTH_KEY, withMonth),
  lines('category_spend_line', SPEND, expenses),
  totals('category_spend_total', SPEND_KEY),
  lines('category_spend_category', CATEGORY.slice(0, -1), categories),
  lines('category_item', CATEGORY, categories),
  lines('import_item', IMPORT, imports),
  lines('import_expense', IMPORTED, imported),
  totals('import_expense_total', IMPORTED_KEY, undefined, undefined, imported),
  listed(
    'expense_version',
    [...EXPENSE, 'event', 'at', 'actor_id', 'reason', ...POSITIONS],
    ['expense_id', 'from_position'],
    expenseVersions,
  ),
  listed('category_version', [...CATEGORY, ...POSITIONS], ['category_id', 'from_position'], categoryVersions),
  listed(
    'expense_version_month_total',
    [...MONTH_KEY, 'position', 'amount', 'count', 'is_first', ...OVERALL],
    [...MONTH_KEY, 'position'],
    monthTotals,
  ),
];

const AUDIT = (
  'position event_id aggregate_type aggregate_id sequence event revision at owner_id actor_id request_id reason'
).split(' ');

function auditEntry(event) {
  const { payload, metadata } = event;
  return {
    ...event,
    event: event.name,
    at: event.recorded_at,
    owner_id: payload.ownerId ?? payload.accountId ?? null,
    actor_id: metadata.actorId ?? null,
    request_id: metadata.requestId ?? null,
    reason: payload.reason ?? null,
  };
}

const differences = new Map();

function differ(where, example) {
  const found = differences.get(where) ?? differences.set(where, { count: 0, examples: [] }).get(where);
  if (++found.count <= EXAMPLES) found.examples.push(example);
}

const AMOUNTS = new Set(['amount', 'tax', 'tip', 'overall_amount']);
const MAY_BE_ABSENT = new Set(OVERALL); // where a release wrote that did not have them
const same = (column, should, is) =>
  (MAY_BE_ABSENT.has(column) && is === null) ||
  (AMOUNTS.has(column) ? shortest(should) === shortest(is) : (should ?? null) === (is ?? null));

function compareRow(table, name, columns, should, is) {
  const wrong = columns.filter((column) => !same(column, should[column], is[column]));
  if (wrong.length > 0) {
    const told = wrong.map((column) => `${column} is ${show(is[column])}, should be ${show(should[column])}`);
    differ(table, `${name}: ${told.join('; ')}`);
  }
}

const show = (value) => (value === null || value === undefined ? 'absent' : `"${String(value).slice(0, 80)}"`);

async function compareTable(readModel, { table, columns, key, rows }) {
  const remaining = rows();
  const size = remaining.size;
  for await (const row of stream(readModel, `SELECT ${columns.map(asText).join(', ')} FROM ${liveTable(table)}`)) {
    const id = JSON.stringify(pick(key)(row));
    const should = remaining.get(id);
    if (should) {
      remaining.delete(id);
      compareRow(table, id, columns, should, row);
    } else if (!(columns.includes('count') && row.count === '0' && shortest(row.amount) === '0')) {
      differ(table, `${id}: is there and should not be`); // a total of nothing is as good as none
    }
  }
  for (const id of remaining.keys()) differ(table, `${id}: is missing`);
  console.log(`${table}: ${size} rows expected, ${outcome(table)}`);
}

function asText(column) {
  if (column === 'spent_at') return `left(spent_at::text, 5) AS spent_at`;
  return column === 'tags' || column === 'attendees' ? `to_json(${column})::text AS ${column}` : column;
}

const outcome = (where) => (differences.has(where) ? `${differences.get(where).count} DIFFER` : 'equal');

/** One pass over the log, which folds it, and over the audit trail beside it, which must say the same. */
async function foldLog(log, readModel, end) {
  const trail = `SELECT ${AUDIT.join(', ')} FROM ${liveTable('audit_trail_entry')} ORDER BY position`;
  const entries = stream(readModel, trail);
  let entry = (await entries.next()).value;
  const advance = async () => (entry = (await entries.next()).value);
  let position = 0n;
  let recordedAt = '';
  for await (const event of stream(
    log,
    `SELECT position, aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at,
            extract(epoch FROM recorded_at) AS epoch, payload, metadata
       FROM event_store.domain_event WHERE position <= ${end} ORDER BY position`,
  )) {
    event.payload = JSON.parse(event.payload);
    event.metadata = JSON.parse(event.metadata);
    if (BigInt(event.position) !== position + 1n) differ('log', `position ${event.position} follows ${position}`);
    if (recordedAt && units(event.epoch) < units(recordedAt)) differ('log', `position ${event.position}: time ran back`);
    position = BigInt(event.position);
    recordedAt = event.epoch;
    const sequence = (sequences.get(event.aggregate_id) ?? -1) + 1;
    if (event.sequence !== String(sequence)) {
      differ('log', `position ${event.position}: sequence ${event.sequence} of ${event.aggregate_id}, not ${sequence}`);
    }
    sequences.set(event.aggregate_id, Number(event.sequence));

    const fold = FOLD[`${event.name} ${event.revision}`];
    if (!fold) throw new CannotTell(`position ${event.position}: ${event.name} ${event.revision} is not known here`);
    fold(event);
    keepVersion(event);

    for (; entry && BigInt(entry.position) < position; await advance()) {
      differ('audit_trail_entry', `position ${entry.position}: is there and should not be`);
    }
    if (entry?.position === event.position) {
      compareRow('audit_trail_entry', `position ${event.position}`, AUDIT, auditEntry(event), entry);
      await advance();
    } else {
      differ('audit_trail_entry', `position ${event.position}: is missing`);
    }
  }
  if (position !== BigInt(end)) differ('log', `ends at ${position}, not at ${end}`);
  for (; entry; await advance()) differ('audit_trail_entry', `position ${entry.position}: is there and should not be`);
  console.log(`log: ${position} events of ${sequences.size} aggregates, ${outcome('log')}`);
  console.log(`audit_trail_entry: ${position} rows expected, ${outcome('audit_trail_entry')}`);
}

function environment(name, otherwise) {
  const value = process.env[name] || otherwise;
  if (value === undefined) throw new CannotTell(`${name} is not set`);
  return value;
}

async function connect(prefix, otherwise) {
  const setting = (name) => environment(`${prefix}_${name}`, otherwise && environment(`${otherwise}_${name}`));
  const url = new URL(setting('URL').replace(/^jdbc:/, ''));
  const client = new pg.Client({
    host: url.hostname,
    port: Number(url.port || 5432),
    database: url.pathname.slice(1),
    user: setting('USERNAME'),
    password: setting('PASSWORD'),
    application_name: 'fold',
    types: { getTypeParser: () => String }, // nothing here is rounded or converted behind our back
  });
  await client.connect();
  await client.query("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET statement_timeout = 0");
  return client;
}

let cursors = 0;

/** Rows as they are needed: memory does not grow with the table. */
async function* stream(client, query) {
  const cursor = `fold_${++cursors}`;
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`);
  for (let size = PAGE; size === PAGE; ) {
    const { rows } = await client.query(`FETCH ${PAGE} FROM ${cursor}`);
    yield* rows;
    size = rows.length;
  }
  await client.query(`CLOSE ${cursor}`);
}

/** Opens one snapshot of the read models in which all of them contain the whole log, and says where that ends. */
async function snapshot(log, readModel, seconds) {
  for (const giveUp = Date.now() + seconds * 1000; ; await sleep(200)) {
    await readModel.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tokens = await readModel.query(
      `SELECT projection, position, error, schema FROM ${READ_MODEL}.projection_token`,
    );
    const head = await log.query('SELECT coalesce(max(position), 0) AS position FROM event_store.domain_event');
    const end = head.rows[0].position;
    const token = (name) => tokens.rows.find(({ projection }) => projection === name);
    const behind = Object.keys(PROJECTIONS).filter((name) => token(name)?.position !== end);
    if (behind.length === 0) {
      for (const name of Object.keys(PROJECTIONS)) live.set(name, token(name).schema);
      return end;
    }
    if (Date.now() > giveUp) {
      const told = behind.map((name) => `${name} at ${token(name)?.position} ${token(name)?.error ?? ''}`);
      throw new CannotTell(`not at the end of the log, ${end}: ${told.join(', ')}`);
    }
    await readModel.query('ROLLBACK');
  }
}

/** A read model that grew must not be called equal by a program that did not notice. */
async function requireAllCompared(readModel) {
  const compared = new Set(AUDIT.map((column) => `audit_trail_entry.${column}`));
  for (const { table, columns } of TABLES) columns.forEach((column) => compared.add(`${table}.${column}`));
  const { rows } = await readModel.query(
    'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1, 2',
    [READ_MODEL],
  );
  const overlooked = rows
    .map((row) => [row.table_name, `${row.table_name}.${row.column_name}`])
    .filter(([table, column]) => !NOT_COMPARED.has(table) && !NOT_COMPARED.has(column) && !compared.has(column));
  if (overlooked.length > 0) {
    throw new CannotTell(`not compared and not meant to be: ${overlooked.map(([, column]) => column).join(', ')}`);
  }
}

async function main() {
  const { values } = parseArgs({ options: { wait: { type: 'string', default: '30' } } });
  const readModel = await connect('MEALS_QUERY_DB');
  const log = await connect('MEALS_QUERY_LOG_DB', 'MEALS_QUERY_DB');
  const end = await snapshot(log, readModel, Number(values.wait));
  await log.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await requireAllCompared(readModel);
  await foldLog(log, readModel, end);
  for (const table of TABLES) await compareTable(readModel, table);
  await Promise.all([log.end(), readModel.end()]);
  for (const [where, { count, examples }] of differences) {
    console.log(`\n${where}, ${count} differences${count > EXAMPLES ? ', for example' : ''}:`);
    examples.forEach((example) => console.log(`  ${example}`));
  }
  console.log(differences.size === 0 ? '\nEqual.' : '\nDifferent.');
  return differences.size === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(`Could not find out: ${failure instanceof CannotTell ? failure.message : failure.stack}`);
  process.exit(2);
}

import { addDays, dayOf, toDate } from '@/lib/dates';
import type { Category, ExpenseContent, MealType } from '@/api/types';

/** Numbers that look random and are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function demoId(kind: number, n: number): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${hex(0x01930000 + kind, 8)}-${hex(n >> 16, 4)}-7${hex(kind, 3)}-8${hex(n % 4096, 3)}-${hex(n, 12)}`;
}

export const DEFAULT_CATEGORIES: Pick<Category, 'name' | 'colour' | 'icon'>[] = [
  { name: 'Restaurants', icon: 'tools-kitchen-2', colour: '#C2410C' },
  { name: 'Groceries', icon: 'shopping-cart', colour: '#4D7C0F' },
  { name: 'Drinks', icon: 'glass', colour: '#0E7490' },
  { name: 'Fast Food', icon: 'burger', colour: '#B45309' },
  { name: 'Entertainment', icon: 'confetti', colour: '#7E22CE' },
  { name: 'Snacks & Vending', icon: 'cookie', colour: '#BE185D' },
  { name: 'Other', icon: 'dots', colour: '#57534E' },
];

interface Habit {
  place: string;
  category: string;
  meal: MealType;
  from: number;
  to: number;
  hour: number;
  weight: number;
  tags?: string[];
}

const HABITS: Habit[] = [
  { place: 'Café Morgenrot', category: 'Drinks', meal: 'breakfast', from: 3.2, to: 9.8, hour: 8, weight: 9 },
  {
    place: 'Bäckerei Schmitt',
    category: 'Fast Food',
    meal: 'breakfast',
    from: 2.4,
    to: 7.5,
    hour: 7,
    weight: 8,
  },
  {
    place: 'Subway, Main Street',
    category: 'Fast Food',
    meal: 'lunch',
    from: 7.5,
    to: 13.9,
    hour: 12,
    weight: 11,
  },
  {
    place: 'Trattoria Da Nino',
    category: 'Restaurants',
    meal: 'lunch',
    from: 12.5,
    to: 28,
    hour: 13,
    weight: 8,
    tags: ['team'],
  },
  { place: 'Green Bowl', category: 'Restaurants', meal: 'lunch', from: 10.9, to: 15.5, hour: 12, weight: 9 },
  {
    place: 'Kantine Nord',
    category: 'Restaurants',
    meal: 'lunch',
    from: 6.2,
    to: 9.4,
    hour: 12,
    weight: 12,
    tags: ['work'],
  },
  {
    place: 'Edeka am Park',
    category: 'Groceries',
    meal: 'groceries',
    from: 11,
    to: 84,
    hour: 18,
    weight: 10,
  },
  { place: 'Wochenmarkt', category: 'Groceries', meal: 'groceries', from: 8, to: 36, hour: 10, weight: 4 },
  {
    place: 'Izakaya Sumi',
    category: 'Restaurants',
    meal: 'dinner',
    from: 24,
    to: 68,
    hour: 19,
    weight: 4,
    tags: ['friends'],
  },
  {
    place: 'Pizzeria Vesuvio',
    category: 'Restaurants',
    meal: 'dinner',
    from: 13,
    to: 39,
    hour: 19,
    weight: 6,
  },
  { place: 'Lieferando', category: 'Fast Food', meal: 'dinner', from: 16, to: 34, hour: 20, weight: 4 },
  {
    place: 'Bar Zentral',
    category: 'Drinks',
    meal: 'drinks',
    from: 8,
    to: 42,
    hour: 21,
    weight: 4,
    tags: ['friends'],
  },
  { place: 'Kino Odeon', category: 'Entertainment', meal: 'snacks', from: 6, to: 19, hour: 20, weight: 2 },
  {
    place: 'Vending machine, floor 3',
    category: 'Snacks & Vending',
    meal: 'snacks',
    from: 1.2,
    to: 3.6,
    hour: 15,
    weight: 8,
  },
  {
    place: 'Gelateria Luna',
    category: 'Snacks & Vending',
    meal: 'dessert',
    from: 2.8,
    to: 9.5,
    hour: 16,
    weight: 3,
  },
];

const NOTES = [
  'Split with Mara',
  'Client visit',
  'Paid in cash',
  'Birthday round',
  'Late train, ate on the way',
];
const PEOPLE = ['Mara Vogel', 'Jonas Beck', 'Aiko Tanaka', 'Sam Okafor'];

/** About 1,500 meals of 18 months that end today, oldest first; the same every time on the same day. */
export function demoExpenses(
  categoryOf: (name: string) => string,
  until = new Date(),
  count = 1500,
): ExpenseContent[] {
  const random = seeded(20_260_301);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const weights = HABITS.reduce((acc, habit) => acc + habit.weight, 0);
  const last = dayOf(until);
  const days = 548;
  const expenses: ExpenseContent[] = [];
  for (let i = 0; i < count; i++) {
    const spentOn = addDays(last, -Math.floor(days * (1 - (i + random() * 0.9) / count)));
    let at = random() * weights;
    const habit = HABITS.find((candidate) => (at -= candidate.weight) < 0) ?? HABITS[0]!;
    const season = 1 + 0.18 * Math.sin((toDate(spentOn).getMonth() / 12) * 2 * Math.PI);
    const amount = (habit.from + random() ** 1.6 * (habit.to - habit.from)) * season;
    const extra = random();
    expenses.push({
      spentOn,
      amount: amount.toFixed(2),
      currency: 'EUR',
      mealType: habit.meal,
      categoryId: random() < 0.03 ? undefined : categoryOf(habit.category),
      place: habit.place,
      tags: habit.tags && random() < 0.5 ? habit.tags : [],
      attendees: extra < 0.06 ? [pick(PEOPLE)] : [],
      notes: extra > 0.92 ? pick(NOTES) : undefined,
      spentAt:
        random() < 0.7
          ? `${String(habit.hour).padStart(2, '0')}:${String(Math.floor(random() * 60)).padStart(2, '0')}`
          : undefined,
      tip: habit.category === 'Restaurants' && random() < 0.3 ? (amount * 0.1).toFixed(2) : undefined,
    });
  }
  expenses.sort((a, b) => (a.spentOn < b.spentOn ? -1 : a.spentOn > b.spentOn ? 1 : 0));
  const special = (ago: number, content: Partial<ExpenseContent>) =>
    expenses.push({
      spentOn: addDays(last, -ago),
      amount: '1.00',
      currency: 'EUR',
      mealType: 'dinner',
      tags: [],
      attendees: [],
      ...content,
    });
  special(1, {
    amount: '1284300',
    currency: 'JPY',
    place: 'Kikunoi Honten, Kyoto',
    categoryId: categoryOf('Restaurants'),
    tags: ['offsite', 'team'],
    partySize: 24,
    purpose: 'Autumn offsite dinner',
  });
  special(2, {
    amount: '3850',
    currency: 'JPY',
    place: 'Nishiki Market',
    mealType: 'lunch',
    categoryId: categoryOf('Restaurants'),
    tags: ['offsite'],
  });
  special(2, {
    amount: '21.40',
    place: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Railway Station Tea Room & Restaurant',
    mealType: 'lunch',
    categoryId: categoryOf('Restaurants'),
  });
  special(3, {
    amount: '-76.89',
    place: 'Company reimbursement',
    mealType: 'other',
    categoryId: categoryOf('Other'),
    notes: 'Client lunch, paid back',
  });
  return expenses;
}

export interface DemoAct {
  act: 'record' | 'amend' | 'delete' | 'restore';
  at: Date;
  content?: Partial<ExpenseContent>;
  reason?: string;
}

const DAY = 24 * 3_600_000;

/** What became of a meal: most are recorded when eaten and left alone, some late, some corrected, some thrown away. */
export function demoCorrections(
  i: number,
  content: ExpenseContent,
  eaten: Date,
  withMistakes: boolean,
): DemoAct[] {
  const record = { act: 'record', at: eaten } as const;
  if (!withMistakes) return [record];
  const random = seeded(77_000 + i);
  const later = (from: Date, most: number) =>
    new Date(from.getTime() + Math.round((0.2 + random() * most) * DAY));
  const what = random();
  if (what < 0.035) return [{ ...record, at: later(eaten, 24) }];
  if (what < 0.05) {
    const gone = later(eaten, 30);
    const acts: DemoAct[] = [record, { act: 'delete', at: gone, reason: 'Entered twice' }];
    if (random() < 0.35)
      acts.push({ act: 'restore', at: later(gone, 6), reason: 'It was another one after all' });
    return acts;
  }
  if (what >= 0.1) return [record];
  const amount = (Number(content.amount) * (0.6 + random())).toFixed(2);
  const corrections: Omit<DemoAct, 'act' | 'at'>[] = [
    { content: { amount }, reason: 'Typo in the amount' },
    { content: { amount, tip: '2.00' }, reason: 'The tip was missing' },
    { content: { spentOn: addDays(content.spentOn, -1 - Math.floor(random() * 4)) }, reason: 'Wrong day' },
    { content: { purpose: 'Client visit', tags: ['client'] } },
    { content: { attendees: ['Jonas Beck', 'Aiko Tanaka'], amount }, reason: 'Paid for all three' },
  ];
  return [
    record,
    { act: 'amend', at: later(eaten, 40), ...corrections[Math.floor(random() * corrections.length)]! },
  ];
}

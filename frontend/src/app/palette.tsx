import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import {
  IconHistory,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconReceipt2,
  IconRefresh,
  IconSearch,
} from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createSpotlight } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, queryApi } from '@/api/client';
import { useCategories } from '@/api/categories';
import { useAbilities } from '@/api/me';
import { CategoryIcon } from '@/components/ui/category-icon';
import { useAsOf, usePresentDay } from '@/lib/as-of';
import { addMonths, firstDay, formatDayShort, formatMonth, lastDay, monthOf } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { destinationsFor } from './places';
import '@mantine/spotlight/styles.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  onAdd: () => void;
  onTravel: () => void;
  onKeys: () => void;
}

const [store, spotlight] = createSpotlight();

/** Reaches everything: pages, actions, months, and expenses by what they say. */
export function Palette({ opened, onClose, onAdd, onTravel, onKeys }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const abilities = useAbilities();
  const categories = useCategories();
  const { setColorScheme } = useMantineColorScheme();
  const asOf = useAsOf();
  const present = usePresentDay();
  const [query, setQuery] = useState('');
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const found = useQuery({
    queryKey: ['expenses', 'palette', wanted, asOf ?? null],
    enabled: abilities.read && wanted.length > 1,
    queryFn: async ({ signal }) => {
      const query = { q: wanted, limit: 5, asOf };
      return (await answer(queryApi.GET('/api/v1/expenses', { params: { query }, signal }))).data.items;
    },
  });

  useEffect(() => {
    if (opened) spotlight.open();
  }, [opened]);

  const go = (to: string, search: object = {}) => void navigate({ to, search: search as never });
  const actions: SpotlightActionData[] = [
    ...(abilities.write
      ? [{ id: 'add', label: t('add.button'), leftSection: <IconPlus size={20} />, onClick: onAdd }]
      : []),
    ...destinationsFor(abilities).map((place) => ({
      id: place.to,
      label: t(`nav.${place.name}`),
      leftSection: <place.icon size={20} stroke={1.7} />,
      onClick: () => go(place.to),
    })),
    ...(abilities.read
      ? [0, -1, -2].map((offset) => {
          const month = addMonths(monthOf(present), offset);
          return {
            id: month,
            label: t('palette.month', { month: formatMonth(month) }),
            leftSection: <IconReceipt2 size={20} stroke={1.7} />,
            onClick: () => go('/expenses', { from: firstDay(month), to: lastDay(month) }),
          };
        })
      : []),
    ...(abilities.read
      ? [
          {
            id: 'travel',
            label: t('asOf.open'),
            leftSection: <IconHistory size={20} stroke={1.7} />,
            onClick: onTravel,
          },
        ]
      : []),
    ...(abilities.administer
      ? [
          {
            id: 'rebuilds',
            label: t('nav.rebuilds'),
            leftSection: <IconRefresh size={20} stroke={1.7} />,
            onClick: () => go('/system/rebuilds'),
          },
        ]
      : []),
    {
      id: 'theme',
      label: t('settings.switchTheme'),
      leftSection: <IconMoon size={20} stroke={1.7} />,
      onClick: () =>
        setColorScheme(
          document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark' ? 'light' : 'dark',
        ),
    },
    {
      id: 'keys',
      label: t('keys.title'),
      leftSection: <IconKeyboard size={20} stroke={1.7} />,
      onClick: onKeys,
    },
  ];
  const matching = actions.filter((action) =>
    (action.label ?? '').toLowerCase().includes(query.trim().toLowerCase()),
  );
  const expenses = wanted.length > 1 ? (found.data ?? []) : [];

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      transitionProps={{ duration: 100 }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t('palette.hint')}
        leftSection={<IconSearch size={20} />}
        aria-label={t('palette.hint')}
      />
      <Spotlight.ActionsList>
        {matching.map((action) => (
          <Spotlight.Action key={action.id} {...action} />
        ))}
        {expenses.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.expenses')}>
            {expenses.map((expense) => (
              <Spotlight.Action
                key={expense.id}
                label={expense.place ?? t(`meal.${expense.mealType}`)}
                description={`${formatDayShort(expense.spentOn)} · ${formatMoney(expense.amount, expense.currency)}`}
                leftSection={
                  <CategoryIcon category={categories.byId.get(expense.categoryId ?? '')} size={32} />
                }
                onClick={() => go('/expenses', { q: wanted, expense: expense.id })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {matching.length + expenses.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

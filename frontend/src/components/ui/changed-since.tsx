import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsOf, usePresentDay } from '@/lib/as-of';
import { endOfDay } from '@/lib/instants';
import type { Period } from '@/lib/period';

/** The address of what changed in a period since its last day was over, as far as the page knows. */
export function useChangedSince() {
  const asOf = useAsOf();
  const present = usePresentDay();
  return ({ from, to }: Period, ownerId?: string) =>
    to < present ? { since: endOfDay(to), until: asOf, from, to, ownerId } : undefined;
}

/** The way from a period that is over to what was changed in it later; nothing while it is still going on. */
export function ChangedSince({ period, ownerId }: { period: Period; ownerId?: string }) {
  const { t } = useTranslation();
  const search = useChangedSince()(period, ownerId);
  if (!search) return null;
  return (
    <Button
      component={Link}
      to="/changes"
      search={search as never}
      variant="default"
      leftSection={<IconArrowsDiff size={18} />}
    >
      {t('changes.link')}
    </Button>
  );
}

import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/states';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState
        main
        icon={<IconMapOff size={28} stroke={1.5} />}
        title={t('notFound.title')}
        actions={
          <Button component={Link} to="/">
            {t('notFound.home')}
          </Button>
        }
      >
        {t('notFound.lead')}
      </EmptyState>
    </main>
  );
}

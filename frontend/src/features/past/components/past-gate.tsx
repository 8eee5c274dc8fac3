import { Button } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { categoriesQuery } from '@/api/categories';
import { refusesMoment } from '@/api/problem';
import { EmptyState } from '@/components/ui/states';
import { usePast, useTravel } from '@/lib/as-of';

interface Props {
  onChange: () => void;
  children: ReactNode;
}

/** Shows the page, unless the address asks for a moment that is none or is still to come: then nothing on it is true. */
export function PastGate({ onChange, children }: Props) {
  const { t } = useTranslation();
  const { asOf, unreadable } = usePast();
  const travel = useTravel();
  // what every page of the past asks for anyway
  const { error } = useQuery({ ...categoriesQuery(asOf), enabled: asOf !== undefined });
  const refused = asOf !== undefined && refusesMoment(error);
  if (!unreadable && !refused) return children;
  return (
    <EmptyState
      main
      icon={<IconClockExclamation size={28} stroke={1.5} />}
      title={unreadable ? t('asOf.unreadableTitle') : t('asOf.futureTitle')}
      actions={
        <>
          <Button onClick={() => travel(undefined)}>{t('asOf.backToNow')}</Button>
          <Button variant="default" onClick={onChange}>
            {t('asOf.chooseAnother')}
          </Button>
        </>
      }
    >
      {unreadable ? t('asOf.unreadableLead', { text: unreadable.slice(0, 60) }) : t('asOf.futureLead')}
    </EmptyState>
  );
}

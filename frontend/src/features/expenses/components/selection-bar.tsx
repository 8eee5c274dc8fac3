import { Button, CloseButton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Totals } from '@/components/ui/amount';
import type { Expense } from '@/api/types';
import { totalsOf } from '@/lib/money';
import classes from './selection-bar.module.css';

interface Props {
  expenses: Expense[];
  onClear: () => void;
  onDelete: () => void;
}

/** What the chosen expenses come to, and what can be done with them. */
export function SelectionBar({ expenses, onClear, onDelete }: Props) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClear();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [onClear]);
  const formatted = new Intl.NumberFormat(i18n.language).format(expenses.length);
  return (
    <section className={`${classes.bar} no-print`} aria-label={t('select.bar')}>
      <CloseButton aria-label={t('select.none')} onClick={onClear} />
      <span className={classes.words} role="status">
        <strong>{t('select.count', { formatted })}</strong>
        <Totals totals={totalsOf(expenses)} className={classes.totals} />
      </span>
      <Button variant="default" leftSection={<IconTrash size={17} />} onClick={onDelete}>
        {t('common.delete')}
      </Button>
    </section>
  );
}

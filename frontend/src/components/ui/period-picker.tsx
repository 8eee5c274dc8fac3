import { Button, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePresentDay } from '@/lib/as-of';
import { formatRange } from '@/lib/dates';
import { presetOf, presetPeriod, PRESETS, type Period, type Preset } from '@/lib/period';
import classes from './period-picker.module.css';
import '@mantine/dates/styles.css';

/** A period by its name, or from the calendar. */
export function PeriodPicker({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useTranslation();
  const present = usePresentDay();
  const [open, setOpen] = useState(false);
  const [range, setRange] = useState<[string | null, string | null]>([period.from, period.to]);
  const preset = presetOf(period, present);
  const choose = (next: Period) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={18} />}
          rightSection={<IconChevronDown size={16} />}
          onClick={() => setOpen(!open)}
          aria-label={t('reports.period', { period: formatRange(period.from, period.to) })}
        >
          {preset ? t(`period.${preset}`) : formatRange(period.from, period.to)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <div className={classes.presets}>
          {PRESETS.map((name: Preset) => (
            <Button
              key={name}
              variant={name === preset ? 'light' : 'default'}
              size="sm"
              h={44}
              onClick={() => choose(presetPeriod(name, present))}
            >
              {t(`period.${name}`)}
            </Button>
          ))}
        </div>
        <DatePicker
          type="range"
          allowSingleDateInRange
          size="md"
          firstDayOfWeek={1}
          weekendDays={[]}
          value={range}
          defaultDate={period.to > present ? present : period.to}
          onChange={(next) => {
            setRange(next);
            if (next[0] && next[1]) choose({ from: next[0], to: next[1] });
          }}
          ariaLabels={{ nextMonth: t('form.nextMonth'), previousMonth: t('form.previousMonth') }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

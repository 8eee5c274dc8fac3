import { Button, Modal, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, addMonths, firstDay, formatDay, formatMonth, lastDay, monthOf, today } from '@/lib/dates';
import {
  compareInstants,
  dayOfInstant,
  endOfDay,
  formatMoment,
  instantAt,
  instantOf,
  timeOfInstant,
  type Instant,
} from '@/lib/instants';
import classes from './moment-dialog.module.css';
import '@mantine/dates/styles.css';

interface Props {
  title: string;
  lead?: string;
  /** What is chosen already. */
  initial?: Instant;
  submit: string;
  /** Offered where now is a choice like any other. */
  onNow?: () => void;
  onChoose: (instant: Instant) => void;
  onClose: () => void;
}

/** Chooses a moment of the past: one of the usual ones, or a day and a time. */
export function MomentDialog({ title, lead, initial, submit, onNow, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const [opened] = useState(() => new Date());
  const yesterday = instantAt(addDays(today(), -1), timeOfInstant(instantOf(opened)))!;
  const start = initial ?? yesterday;
  const [day, setDay] = useState(dayOfInstant(start));
  const [time, setTime] = useState(timeOfInstant(start));
  const [problem, setProblem] = useState<string>();

  const lastMonth = addMonths(monthOf(today()), -1);
  const usual: { name: string; detail: string; instant: Instant }[] = [
    {
      name: t('asOf.startOfToday'),
      detail: formatDay(today()),
      instant: instantAt(today(), '00:00')!,
    },
    { name: t('asOf.yesterday'), detail: formatMoment(yesterday, 'short'), instant: yesterday },
    ...[lastMonth, addMonths(lastMonth, -1), addMonths(lastMonth, -2)].map((month) => ({
      name: t('asOf.endOf', { month: formatMonth(month, { month: 'long' }) }),
      detail: formatDay(lastDay(month)),
      instant: endOfDay(lastDay(month)),
    })),
  ];

  function choose(event: FormEvent) {
    event.preventDefault();
    const instant = instantAt(day, time);
    if (!instant) return setProblem(t('asOf.noTime'));
    if (compareInstants(instant, instantOf(new Date())) > 0) return setProblem(t('asOf.future'));
    // the end of a day is meant whole: nothing recorded in its last minute is left out
    onChoose(time === '23:59' ? endOfDay(day) : instant);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={620}
      fullScreen={phone}
      centered={!phone}
      padding={phone ? 'md' : 'lg'}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {lead && <p className={classes.lead}>{lead}</p>}
      <div className={classes.columns}>
        <section aria-label={t('asOf.usual')}>
          <ul className={classes.usual}>
            {onNow && (
              <li>
                <button type="button" className={classes.choice} onClick={onNow}>
                  <span>{t('asOf.now')}</span>
                  <span className={classes.detail}>{t('asOf.nowDetail')}</span>
                </button>
              </li>
            )}
            {usual.map(({ name, detail, instant }) => (
              <li key={name}>
                <button
                  type="button"
                  className={classes.choice}
                  data-chosen={instant === initial || undefined}
                  onClick={() => onChoose(instant)}
                >
                  <span>{name}</span>
                  <span className={classes.detail}>{detail}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <form onSubmit={choose} noValidate className={classes.form}>
          <DatePicker
            size="md"
            firstDayOfWeek={1}
            weekendDays={[]}
            maxDate={today()}
            defaultDate={firstDay(monthOf(day))}
            value={day}
            onChange={(next) => {
              setProblem(undefined);
              if (next) setDay(next);
            }}
            ariaLabels={{ nextMonth: t('form.nextMonth'), previousMonth: t('form.previousMonth') }}
          />
          <TextInput
            type="time"
            label={t('asOf.time', { day: formatDay(day, { weekday: undefined, month: 'short' }) })}
            description={t('asOf.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
            value={time}
            error={problem}
            onChange={(event) => {
              setProblem(undefined);
              setTime(event.currentTarget.value);
            }}
          />
          <Button type="submit" fullWidth>
            {submit}
          </Button>
        </form>
      </div>
    </Modal>
  );
}

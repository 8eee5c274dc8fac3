import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@/api/types';
import { formatInstantExact, isDay, monthOf } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { JsonTree } from './json-tree';
import classes from './audit-page.module.css';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Names of stored fields that the explorer filters by as they are; any other id is a subject. */
const FILTERS = ['actorId', 'ownerId', 'requestId', 'correlationId'];
/** Ids of what is no aggregate, so nothing would be found by them. */
const NO_SUBJECT = ['causationId', 'restaurantId', 'eventId'];

interface Props {
  event: AuditEvent;
  onFilter: (filter: Record<string, string>) => void;
}

/** Everything that the log keeps of an event: where it stands, and its bytes as they were written. */
export function EventDetail({ event, onFilter }: Props) {
  const { t } = useTranslation();
  const { stored } = event;
  const pick = (name: string, value: string) => {
    if (FILTERS.includes(name)) return () => onFilter({ [name]: value });
    if (UUID.test(value) && name.endsWith('Id') && !NO_SUBJECT.includes(name))
      return () => onFilter({ subjectId: value });
    return undefined;
  };
  const tree = (value: unknown) => <JsonTree value={value} onPick={pick} pickLabel={t('audit.filterBy')} />;
  if (!stored) {
    return (
      <p role="alert" className={classes.missing}>
        {t('audit.notInTheLog', { position: event.position })}
      </p>
    );
  }
  const payload = parse(stored.payload);
  const { spentOn } = event.payload as { spentOn?: unknown };
  const month = isDay(spentOn) ? monthOf(spentOn) : undefined;
  const upcast = stored.revision !== event.revision || stored.name !== event.event;
  return (
    <div className={classes.trees}>
      {event.deviation && (
        <p role="alert" className={classes.missing}>
          {t(`audit.deviationWhy.${event.deviation}`)}
        </p>
      )}
      <dl className={classes.facts}>
        <Fact name={t('audit.position')}>{new Intl.NumberFormat(locale()).format(event.position)}</Fact>
        <Fact name={t('audit.at')}>{formatInstantExact(event.at)}</Fact>
        <Fact name={t('audit.storedAs')}>
          {stored.name}, {t('audit.revision', { revision: stored.revision })}
        </Fact>
        <Fact name={t('audit.eventId')}>{event.eventId}</Fact>
        {stored.commandId && <Fact name={t('audit.commandId')}>{stored.commandId}</Fact>}
      </dl>
      <section>
        <h2>{t('audit.payload')}</h2>
        {tree(payload)}
        <Bytes text={stored.payload} />
        {upcast && (
          <>
            <h2 className={classes.today}>{t('audit.readToday', { revision: event.revision })}</h2>
            {tree(event.payload)}
          </>
        )}
      </section>
      <section>
        <h2>{t('audit.metadata')}</h2>
        {tree(parse(stored.metadata))}
        <Bytes text={stored.metadata} />
        <div className={classes.follow}>
          {event.requestId && (
            <Button
              variant="default"
              size="sm"
              h={44}
              onClick={() => onFilter({ requestId: event.requestId! })}
            >
              {t('audit.sameRequest')}
            </Button>
          )}
          <Button
            variant="default"
            size="sm"
            h={44}
            onClick={() => onFilter({ subjectId: event.aggregateId })}
          >
            {t('audit.sameSubject')}
          </Button>
          {event.ownerId && month && (
            <Button
              component={Link}
              to="/audit/replay"
              search={{ ownerId: event.ownerId, month, position: event.position } as never}
              variant="default"
              size="sm"
              h={44}
            >
              {t('audit.replay')}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The text as stored, blanks included: whoever checks a hash needs these bytes and no others. */
function Bytes({ text }: { text: string }) {
  const { t } = useTranslation();
  const count = new TextEncoder().encode(text).length;
  return (
    <details className={classes.bytes}>
      <summary>
        {t('audit.bytes', { count, formatted: new Intl.NumberFormat(locale()).format(count) })}
      </summary>
      <pre>{text}</pre>
    </details>
  );
}

/** What is not JSON is shown as the text that it is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

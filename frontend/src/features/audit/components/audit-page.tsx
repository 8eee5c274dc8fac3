import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronRight, IconListSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { AuditEvent, AuditFilter } from '@/api/types';
import { formatInstantExact, isDay } from '@/lib/dates';
import { one } from '@/lib/search-params';
import { useAuditEvents } from '../api/list-events';
import { EVENT_NAMES, isEventName, useEventWords } from '../event-names';
import { JsonTree } from './json-tree';
import classes from './audit-page.module.css';

const KEYS = ['actorId', 'subjectId', 'ownerId', 'type', 'requestId'] as const;
type Key = (typeof KEYS)[number];

/** Every stored event, newest first; a click on any value filters by it. */
export function AuditPage() {
  const { t } = useTranslation();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const accounts = useAccounts();
  const words = useEventWords();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  const chosen = Object.fromEntries(
    KEYS.flatMap((key) => (one(search[key]) ? [[key, one(search[key])!]] : [])),
  ) as Partial<Record<Key, string>>;
  const from = isDay(one(search.from)) ? one(search.from) : undefined;
  const to = isDay(one(search.to)) ? one(search.to) : undefined;
  const { type, subjectId, ...ids } = chosen;
  const filter: AuditFilter = {
    ...ids,
    ...(subjectId ? { subjectId: [subjectId] } : {}),
    ...(type ? { type: [type] } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  };
  const events = useAuditEvents(filter);
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];

  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      resetScroll: false,
    });
  const nameOf = (id?: string) => (id ? (accounts.get(id)?.displayName ?? short(id)) : '–');
  const toggle = (id: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const show = (key: Key, value: string) =>
    key === 'actorId' || key === 'ownerId' ? nameOf(value) : key === 'type' ? words(value) : short(value);
  const chips = KEYS.filter((key) => chosen[key] && !(key === 'type' && isEventName(chosen[key])));

  return (
    <Page title={t('nav.audit')} lead={t('audit.lead')} width="wide">
      <div className={classes.filters}>
        <TextInput
          type="date"
          aria-label={t('audit.from')}
          value={from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value || undefined })}
        />
        <span aria-hidden>–</span>
        <TextInput
          type="date"
          aria-label={t('audit.to')}
          value={to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value || undefined })}
        />
        <NativeSelect
          aria-label={t('audit.type')}
          value={type && isEventName(type) ? type : ''}
          onChange={(event) => change({ type: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('audit.anyEvent') },
            ...EVENT_NAMES.map((name) => ({ value: name, label: words(name) })),
          ]}
        />
        {chips.map((key) => (
          <span key={key} className={classes.chip}>
            {t(`audit.${key}`)}: <strong>{show(key, chosen[key]!)}</strong>
            <CloseButton
              size={40}
              iconSize={15}
              aria-label={t('filter.remove', { name: t(`audit.${key}`) })}
              onClick={() => change({ [key]: undefined })}
            />
          </span>
        ))}
        {!Object.keys(filter).length && <span className={classes.hint}>{t('audit.hint')}</span>}
      </div>
      <IncompleteNotice of={events.data?.pages ?? []} kind="changes" />
      {events.isPending ? (
        <RowSkeletons count={12} />
      ) : events.error && items.length === 0 ? (
        <ErrorState error={events.error} onRetry={() => void events.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={<IconListSearch size={28} stroke={1.5} />} title={t('audit.emptyTitle')}>
          {t('audit.emptyLead')}
        </EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('audit.events')}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">{t('audit.details')}</span>
                </th>
                <th scope="col">{t('audit.position')}</th>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('audit.type')}</th>
                <th scope="col">{t('audit.subjectId')}</th>
                <th scope="col">{t('audit.actorId')}</th>
                <th scope="col">{t('audit.ownerId')}</th>
                <th scope="col">{t('audit.client')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((event) => (
                <Fragment key={event.eventId}>
                  <tr data-open={open.has(event.eventId) || undefined}>
                    <td className={classes.toggleCell}>
                      <button
                        type="button"
                        className={classes.toggle}
                        aria-expanded={open.has(event.eventId)}
                        aria-label={t('audit.showEvent', { position: event.position })}
                        onClick={() => toggle(event.eventId)}
                      >
                        <IconChevronRight size={16} />
                      </button>
                    </td>
                    <td className="num">{event.position}</td>
                    <td className="num">{formatInstantExact(event.at)}</td>
                    <td>
                      <Value label={t('audit.filterBy')} onClick={() => change({ type: event.event })}>
                        {words(event.event)}
                      </Value>
                      {event.reason && (
                        <span className={classes.reason} title={event.reason}>
                          “{event.reason}”
                        </span>
                      )}
                    </td>
                    <td>
                      <Value
                        label={t('audit.filterBy')}
                        onClick={() => change({ subjectId: event.aggregateId })}
                      >
                        {event.aggregateType} {short(event.aggregateId)}
                      </Value>
                      <span className={classes.faint}> #{event.sequence}</span>
                    </td>
                    <td>
                      <Value label={t('audit.filterBy')} onClick={() => change({ actorId: event.actor.id })}>
                        {nameOf(event.actor.id)}
                      </Value>
                    </td>
                    <td>
                      {event.ownerId ? (
                        <Value label={t('audit.filterBy')} onClick={() => change({ ownerId: event.ownerId })}>
                          {nameOf(event.ownerId)}
                        </Value>
                      ) : (
                        '–'
                      )}
                    </td>
                    <td>{event.client ?? '–'}</td>
                  </tr>
                  {open.has(event.eventId) && (
                    <tr className={classes.detail}>
                      <td colSpan={8}>
                        <EventDetail event={event} onRequest={(requestId) => change({ requestId })} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {events.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('audit.older')}
        </Button>
      )}
    </Page>
  );
}

function Value({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.value} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

function EventDetail({ event, onRequest }: { event: AuditEvent; onRequest: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.trees}>
      <section>
        <h2>{t('audit.payload')}</h2>
        <JsonTree value={event.payload} />
      </section>
      <section>
        <h2>{t('audit.metadata')}</h2>
        <JsonTree
          value={{
            event: event.event,
            revision: event.revision,
            eventId: event.eventId,
            at: event.at,
            ...event.metadata,
          }}
        />
        {event.requestId && (
          <Button variant="default" size="sm" h={44} mt="sm" onClick={() => onRequest(event.requestId!)}>
            {t('audit.sameRequest')}
          </Button>
        )}
      </section>
    </div>
  );
}

/** The end of a UUID tells two of them apart; the beginning is the clock. */
function short(id: string): string {
  return /^[0-9a-f-]{36}$/.test(id) ? `…${id.slice(-8)}` : id;
}

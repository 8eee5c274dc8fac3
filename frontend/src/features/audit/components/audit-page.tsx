import { Button, CloseButton, Menu, NativeSelect, TextInput } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconDownload,
  IconEye,
  IconFileCertificate,
  IconListSearch,
  IconMovie,
} from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { onDemand } from '@/components/ui/on-demand';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import type { AuditFilter } from '@/api/types';
import { dayOf, formatInstantExact, isDay } from '@/lib/dates';
import { one } from '@/lib/search-params';
import { useExportEvents, type LogFormat } from '../api/export-events';
import { useAuditEvents } from '../api/list-events';
import { EVENT_NAMES, isEventName, useEventWords } from '../event-names';
import { EventDetail } from './event-detail';
import { FilterValue } from './filter-value';
import { Seal } from './seal';
import classes from './audit-page.module.css';

const ProofPackDialog = onDemand(() => import('./proof-pack-dialog').then((m) => m.ProofPackDialog), 'over');

const KEYS = ['actorId', 'subjectId', 'ownerId', 'type', 'requestId', 'correlationId'] as const;
type Key = (typeof KEYS)[number];

/** Every stored event, newest first; a click on any value filters by it. */
export function AuditPage() {
  const { t } = useTranslation();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const accounts = useAccounts();
  const words = useEventWords();
  const problemText = useProblemText();
  const exporting = useExportEvents();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [packing, setPacking] = useState(false);

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
  // sealing goes on while pages are read, and nothing is ever unsealed
  const sealedUpTo = Math.max(0, ...(events.data?.pages.map((page) => page.sealedUpTo) ?? []));

  const change = (part: object) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...part })) as never,
      resetScroll: false,
    });
  const save = (format: LogFormat) =>
    exporting.mutate(
      { filter, format },
      {
        onSuccess: ({ incomplete }) => {
          if (incomplete) toast.show({ color: 'yellow', message: t('audit.exportIncomplete') });
        },
        onError: (error) =>
          toast.show({ color: 'red', title: t('list.exportFailed'), message: problemText(error) }),
      },
    );
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
    <Page
      title={t('nav.audit')}
      lead={t('audit.lead')}
      width="wide"
      actions={
        <>
          <Button
            component={Link}
            to="/audit/replay"
            search={{ ownerId: chosen.ownerId } as never}
            variant="default"
            leftSection={<IconMovie size={18} />}
          >
            {t('replay.open')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileCertificate size={18} />}
            aria-haspopup="dialog"
            onClick={() => setPacking(true)}
          >
            {t('pack.open')}
          </Button>
          <Button component={Link} to="/audit/accesses" variant="default" leftSection={<IconEye size={18} />}>
            {t('nav.accesses')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconDownload size={18} />}
                rightSection={<IconChevronDown size={16} />}
                loading={exporting.isPending}
              >
                {t('audit.export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('audit.exportHint')}</Menu.Label>
              <Menu.Item onClick={() => save('csv')}>{t('audit.exportCsv')}</Menu.Item>
              <Menu.Item onClick={() => save('ndjson')}>{t('audit.exportNdjson')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
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
          <table className={`${classes.table} ${classes.events}`}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">{t('audit.details')}</span>
                </th>
                <th scope="col">{t('audit.position')}</th>
                <th scope="col">{t('audit.seal')}</th>
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
                    <td>
                      <Seal event={event} sealedUpTo={sealedUpTo} />
                    </td>
                    <td className="num">
                      <FilterValue
                        onClick={() => {
                          const day = dayOf(new Date(event.at));
                          change({ from: day, to: day });
                        }}
                      >
                        {formatInstantExact(event.at)}
                      </FilterValue>
                    </td>
                    <td className={classes.what}>
                      <FilterValue onClick={() => change({ type: event.event })}>
                        {words(event.event)}
                      </FilterValue>
                      {event.reason && (
                        <span className={classes.reason} title={event.reason}>
                          “{event.reason}”
                        </span>
                      )}
                    </td>
                    <td className={classes.whole}>
                      <FilterValue onClick={() => change({ subjectId: event.aggregateId })}>
                        {event.aggregateType} {short(event.aggregateId)}
                      </FilterValue>
                      <span className={classes.faint}> #{event.sequence}</span>
                    </td>
                    <td data-label={t('audit.actorId')}>
                      <FilterValue onClick={() => change({ actorId: event.actor.id })}>
                        {nameOf(event.actor.id)}
                      </FilterValue>
                    </td>
                    <td data-label={t('audit.ownerId')}>
                      {event.ownerId ? (
                        <FilterValue onClick={() => change({ ownerId: event.ownerId })}>
                          {nameOf(event.ownerId)}
                        </FilterValue>
                      ) : (
                        '–'
                      )}
                    </td>
                    <td>
                      {event.client ?? '–'}
                      {event.device && <span className={classes.under}>{event.device}</span>}
                    </td>
                  </tr>
                  {open.has(event.eventId) && (
                    <tr className={classes.detail}>
                      <td colSpan={9}>
                        <EventDetail event={event} onFilter={change} />
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
      {packing && <ProofPackDialog ownerId={chosen.ownerId} onClose={() => setPacking(false)} />}
    </Page>
  );
}

/** The end of a UUID tells two of them apart; the beginning is the clock. */
function short(id: string): string {
  return /^[0-9a-f-]{36}$/.test(id) ? `…${id.slice(-8)}` : id;
}

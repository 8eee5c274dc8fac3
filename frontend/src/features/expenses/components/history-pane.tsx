import { Button, UnstyledButton } from '@mantine/core';
import {
  IconBrowser,
  IconCode,
  IconDeviceLaptop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconFileUpload,
  IconHistory,
  IconListDetails,
  IconPencil,
  IconPlus,
  IconRestore,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useAbilities, useMe } from '@/api/me';
import { Changing } from '@/components/ui/changing';
import { FieldChanges } from '@/components/ui/field-changes';
import { differences } from '@/components/ui/field-text';
import { ProofPackButton } from '@/components/ui/proof-pack-button';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { ErrorState, RowSkeletons } from '@/components/ui/states';
import type { Client, Device, ExpenseContent, HistoryEntry } from '@/api/types';
import { useAsOf, useTravel } from '@/lib/as-of';
import { formatInstant } from '@/lib/dates';
import { compareInstants } from '@/lib/instants';
import { useHistory } from '../api/get-history';
import { useVersionRestoration, type Present } from './version-restoration';
import classes from './history-pane.module.css';

const GLYPHS: Record<string, Icon> = {
  MealExpenseRecorded: IconPlus,
  MealExpenseAmended: IconPencil,
  MealExpenseDeleted: IconTrash,
  MealExpenseRestored: IconRestore,
};

const CLIENT_GLYPHS: Record<Client, Icon> = { web: IconBrowser, api: IconCode, import: IconFileUpload };

const DEVICE_GLYPHS: Record<Device, Icon> = {
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  computer: IconDeviceLaptop,
};

/** The content as it stood after the entry at `index`: the changes up to it, applied one after the other. */
export function contentAt(entries: HistoryEntry[], index: number): ExpenseContent {
  const content: Record<string, unknown> = { tags: [], attendees: [] };
  for (const { changes } of entries.slice(0, index + 1)) {
    for (const { field, to } of changes) {
      if (to === undefined) delete content[field];
      else content[field] = field === 'partySize' ? Number(to) : to;
    }
  }
  return { tags: [], attendees: [], ...content } as unknown as ExpenseContent;
}

/** People count from one; the number in the address of a version counts from nought. */
export const versionNumber = (version: number) => version + 1;

interface Props {
  id: string;
  /** Whether the reader may put an earlier version back: the owner may. */
  mine: boolean;
}

/** Who changed what, when and from where, oldest first; earlier versions can be put back. */
export function HistoryPane({ id, mine }: Props) {
  const { t } = useTranslation();
  const asOf = useAsOf();
  const { audit } = useAbilities();
  const history = useHistory(id);
  if (history.isPending) return <RowSkeletons count={3} />;
  if (history.error) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const all = history.data.items;
  const entries = asOf ? all.filter(({ at }) => compareInstants(at, asOf) <= 0) : all;
  const last = entries.at(-1);
  const present: Present | undefined = last && {
    id,
    version: last.version,
    deleted: last.event === 'MealExpenseDeleted',
    content: contentAt(entries, entries.length - 1),
  };
  return (
    <>
      <IncompleteNotice of={[history.data]} kind="changes" />
      <ol className={classes.timeline} aria-label={t('expense.history')}>
        {entries.map((entry, i) => (
          <Entry
            key={entry.version}
            id={id}
            entry={entry}
            before={i > 0 ? contentAt(entries, i - 1) : undefined}
            content={contentAt(entries, i)}
            // while events are missing, nobody can know what an earlier version was
            present={mine && !history.data.incomplete ? present : undefined}
          />
        ))}
      </ol>
      {entries.length < all.length && (
        <p className={classes.later}>{t('asOf.later', { count: all.length - entries.length })}</p>
      )}
      {audit && <ProofPackButton of={{ expenseId: id }} />}
    </>
  );
}

interface EntryProps {
  id: string;
  entry: HistoryEntry;
  before?: ExpenseContent;
  content: ExpenseContent;
  present?: Present;
}

function Entry({ id, entry, before, content, present }: EntryProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { audit } = useAbilities();
  const accounts = useAccounts();
  const restoration = useVersionRestoration();
  const asOf = useAsOf();
  const travel = useTravel();
  const Glyph = GLYPHS[entry.event] ?? IconPencil;
  const FromGlyph =
    (entry.device && DEVICE_GLYPHS[entry.device]) ?? (entry.client && CLIENT_GLYPHS[entry.client]);
  const what: Record<string, string> = {
    MealExpenseRecorded: t('history.recorded'),
    MealExpenseAmended: t('history.amended'),
    MealExpenseDeleted: t('history.deleted'),
    MealExpenseRestored: t('history.restored'),
  };
  const client: Record<Client, string> = {
    web: t('history.web'),
    api: t('history.api'),
    import: t('history.import'),
  };
  const device: Record<Device, string> = {
    phone: t('history.phone'),
    tablet: t('history.tablet'),
    computer: t('history.computer'),
  };
  const from = [entry.client && client[entry.client], entry.device && device[entry.device]].filter(Boolean);
  const who =
    entry.actor.id === me.id
      ? t('history.you')
      : (accounts.get(entry.actor.id)?.displayName ?? t('history.someone'));
  const number = versionNumber(entry.version);
  const isPresent = present?.version === entry.version;
  const restorable = present && entry.changes.length > 0 && differences(present.content, content).length > 0;

  return (
    <li className={classes.entry} data-event={entry.event}>
      <span className={classes.glyph}>
        <Glyph size={16} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.body}>
        <p className={classes.what}>
          {what[entry.event] ?? entry.event}
          <span className={classes.version}>
            {!isPresent
              ? t('history.version', { number })
              : asOf
                ? t('history.versionThen', { number })
                : t('history.versionNow', { number })}
          </span>
        </p>
        <p className={classes.who}>
          {who} · <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
          {FromGlyph && (
            <span className={classes.from}>
              <FromGlyph size={15} stroke={1.7} aria-hidden /> <span>{from.join(', ')}</span>
            </span>
          )}
        </p>
        {entry.reason && <p className={classes.reason}>“{entry.reason}”</p>}
        {entry.changes.length > 0 && (
          <FieldChanges changes={entry.changes} was={before?.currency} is={content.currency} />
        )}
        {restorable && (
          <Changing>
            <Button
              variant="default"
              size="sm"
              h={44}
              mt="xs"
              leftSection={<IconRestore size={16} />}
              loading={restoration.pending}
              aria-label={`${t('history.restoreThis')}, ${t('history.version', { number })}`}
              onClick={() => void restoration.restore(present, content, number)}
            >
              {t('history.restoreThis')}
            </Button>
          </Changing>
        )}
        <div className={classes.links}>
          {entry.at !== asOf && (
            <UnstyledButton className={classes.link} onClick={() => travel(entry.at)}>
              <IconHistory size={15} stroke={1.7} aria-hidden />
              {t('asOf.seeThen')}
            </UnstyledButton>
          )}
          {audit && (
            <Link to="/audit" search={{ subjectId: id } as never} className={classes.link}>
              <IconListDetails size={15} stroke={1.7} aria-hidden />
              {t('history.inTheLog', { position: entry.position })}
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}

import { Button } from '@mantine/core';
import { toast } from '@/components/ui/toast';
import { IconArrowRight, IconPencil, IconPlus, IconRestore, IconTrash, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { useMe } from '@/api/me';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import type { Client, Expense, ExpenseContent, HistoryEntry } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import { useAmendExpense } from '../api/change-expense';
import { useHistory } from '../api/get-history';
import { contentOfExpense } from '../form-values';
import { differences, useFieldText } from './field-text';
import classes from './history-pane.module.css';

const GLYPHS: Record<string, Icon> = {
  MealExpenseRecorded: IconPlus,
  MealExpenseAmended: IconPencil,
  MealExpenseDeleted: IconTrash,
  MealExpenseRestored: IconRestore,
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

/** Who changed what and when, oldest first; earlier versions can be put back. */
export function HistoryPane({ id, expense }: { id: string; expense?: Expense }) {
  const { t } = useTranslation();
  const history = useHistory(id);
  if (history.isPending) return <RowSkeletons count={3} />;
  if (history.error) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const entries = history.data.items;
  return (
    <>
      <IncompleteNotice of={[history.data]} kind="changes" />
      <ol className={classes.timeline} aria-label={t('expense.history')}>
        {entries.map((entry, i) => (
          <Entry key={entry.version} entry={entry} content={contentAt(entries, i)} expense={expense} />
        ))}
      </ol>
    </>
  );
}

function Entry({
  entry,
  content,
  expense,
}: {
  entry: HistoryEntry;
  content: ExpenseContent;
  expense?: Expense;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const accounts = useAccounts();
  const problemText = useProblemText();
  const show = useFieldText(content.currency);
  const amend = useAmendExpense();
  const Glyph = GLYPHS[entry.event] ?? IconPencil;
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
  const who =
    entry.actor.id === me.id
      ? t('history.you')
      : (accounts.get(entry.actor.id)?.displayName ?? t('history.someone'));
  const first = entry.event === 'MealExpenseRecorded';
  const restorable =
    expense && entry.changes.length > 0 && differences(contentOfExpense(expense), content).length > 0;

  return (
    <li className={classes.entry}>
      <span className={classes.glyph}>
        <Glyph size={16} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.body}>
        <p className={classes.what}>{what[entry.event] ?? entry.event}</p>
        <p className={classes.who}>
          {who} · <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
          {entry.client && ` · ${client[entry.client]}`}
        </p>
        {entry.reason && <p className={classes.reason}>“{entry.reason}”</p>}
        {entry.changes.length > 0 && (
          <dl className={classes.changes}>
            {entry.changes.map(({ field, from, to }) => (
              <div key={field} className={classes.change}>
                <dt>{show.name(field)}</dt>
                <dd>
                  {!first && (
                    <>
                      <del>{show.value(field, from)}</del>
                      <IconArrowRight size={14} aria-label={t('history.became')} />
                    </>
                  )}
                  <ins>{show.value(field, to)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {restorable && (
          <Button
            variant="default"
            size="sm"
            h={44}
            mt="xs"
            leftSection={<IconRestore size={16} />}
            loading={amend.isPending}
            onClick={() =>
              amend.mutate(
                {
                  id: expense.id,
                  version: expense.version,
                  body: { ...content, reason: t('history.restoreReason', { when: formatInstant(entry.at) }) },
                },
                {
                  onSuccess: () => toast.show({ message: t('history.versionRestored') }),
                  onError: (error) => toast.show({ color: 'red', message: problemText(error) }),
                },
              )
            }
          >
            {t('history.restoreThis')}
          </Button>
        )}
      </div>
    </li>
  );
}

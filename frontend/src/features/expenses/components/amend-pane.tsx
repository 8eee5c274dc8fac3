import { Alert, Button, Group } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { isProblem, Problem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';
import type { Expense, ExpenseContent } from '@/api/types';
import { readJson, writeJson } from '@/lib/storage';
import { useAmendExpense } from '../api/change-expense';
import { fetchExpense } from '../api/get-expense';
import { expenseKeys } from '../api/keys';
import { contentOf, contentOfExpense, valuesOf, type FormValues } from '../form-values';
import { useUndo } from '../undo';
import { differences, useFieldText } from '@/components/ui/field-text';
import { ExpenseForm } from './expense-form';
import classes from './amend-pane.module.css';

interface Props {
  expense: Expense;
  onDone: () => void;
}

interface Conflict {
  theirs: Expense;
  yours: ExpenseContent;
  values: FormValues;
}

const key = (id: string) => `met.amend.${id}`;

/** Correcting an expense. What was typed survives errors, reloads, and someone else being faster. */
export function AmendPane({ expense, onDone }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const text = useProblemText();
  const queries = useQueryClient();
  const amend = useAmendExpense();
  const offerUndo = useUndo();
  const [conflict, setConflict] = useState<Conflict>();
  // what is being corrected stays what it was when the form opened, however the list moves on
  const [base, setBase] = useState(expense);
  const initial = useMemo(() => readJson<FormValues>('session', key(base.id)) ?? valuesOf(base), [base]);
  const problem = amend.error instanceof Problem ? amend.error : undefined;

  useEffect(() => () => writeJson('session', key(expense.id), undefined), [expense.id]);

  async function save(values: FormValues, version = base.version) {
    const { reason } = values;
    const yours = contentOf(values, me.zone, base);
    try {
      const amended = await amend.mutateAsync({
        id: base.id,
        version,
        body: { ...yours, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      });
      // what it was is what the form began with, or what somebody else had made of it meanwhile
      const before = contentOfExpense(version === base.version ? base : (conflict?.theirs ?? base));
      offerUndo({
        id: `amended-${base.id}-${amended}`,
        message: t('expense.amended'),
        undo: () =>
          amend.mutateAsync({
            id: base.id,
            version: amended,
            body: { ...before, reason: t('undo.reason') },
          }),
        undone: t('expense.amendUndone'),
      });
      onDone();
    } catch (error) {
      if (!isProblem(error, 'stale-version')) return;
      const theirs = await fetchExpense(base.id).catch(() => undefined);
      if (theirs) setConflict({ theirs, yours, values });
    }
  }

  if (conflict) {
    return (
      <ConflictPane
        conflict={conflict}
        busy={amend.isPending}
        onKeepMine={() => void save(conflict.values, conflict.theirs.version)}
        onTakeTheirs={() => {
          queries.setQueryData(expenseKeys.one(base.id), conflict.theirs);
          void queries.invalidateQueries({ queryKey: expenseKeys.all });
          onDone();
        }}
        onEdit={() => {
          writeJson('session', key(base.id), conflict.values);
          setBase(conflict.theirs);
          setConflict(undefined);
          amend.reset();
        }}
      />
    );
  }

  return (
    <>
      <h2 className={classes.title}>{t('expense.amend')}</h2>
      {problem && problem.errors.length === 0 && (
        <Alert color="tomato" variant="light" mb="sm" role="alert">
          {text(problem)}
        </Alert>
      )}
      <ExpenseForm
        key={base.version}
        amending
        initial={initial}
        problem={problem}
        onChange={(values) => writeJson('session', key(base.id), values)}
        onSubmit={(values) => save(values)}
        footer={
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={amend.isPending}>
              {t('common.saveChanges')}
            </Button>
          </Group>
        }
      />
    </>
  );
}

interface ConflictProps {
  conflict: Conflict;
  busy: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onEdit: () => void;
}

function ConflictPane({ conflict, busy, onKeepMine, onTakeTheirs, onEdit }: ConflictProps) {
  const { t } = useTranslation();
  const show = useFieldText(conflict.theirs.currency);
  const rows = differences(contentOfExpense(conflict.theirs), conflict.yours);
  return (
    <div role="alert">
      <h2 className={classes.title}>{t('conflict.title')}</h2>
      <p className={classes.lead}>{t('conflict.lead')}</p>
      {rows.length === 0 ? (
        <p>{t('conflict.same')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
              <th scope="col">{t('conflict.yours')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, from, to }) => (
              <tr key={field}>
                <th scope="row">{show.name(field)}</th>
                <td>{show.value(field, from)}</td>
                <td className={classes.yours}>{show.value(field, to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={classes.choices}>
        {rows.length > 0 && (
          <Button loading={busy} onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        )}
        <Button variant="default" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
        {rows.length > 0 && (
          <Button variant="subtle" color="gray" onClick={onEdit}>
            {t('conflict.edit')}
          </Button>
        )}
      </div>
    </div>
  );
}

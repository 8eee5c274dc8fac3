import '@mantine/dropzone/styles.css';
import { Button, SegmentedControl } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconCheck, IconEqual, IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/ui/page';
import { ErrorState } from '@/components/ui/states';
import type { ImportResult } from '@/api/types';
import { useImportExpenses } from '../api/import-expenses';
import { PastImports } from './past-imports';
import classes from './import-page.module.css';

const LARGEST = 5 * 1024 * 1024;
const SHOWN = 200;
type Status = ImportResult['rows'][number]['status'];

export function ImportPage() {
  const { t } = useTranslation();
  const importing = useImportExpenses();
  const [name, setName] = useState('');
  const [rejected, setRejected] = useState(false);
  return (
    <Page title={t('nav.import')} lead={t('import.lead')} width="text">
      {importing.data ? (
        <Result
          name={name}
          result={importing.data}
          onAgain={() => {
            importing.reset();
            setName('');
          }}
        />
      ) : (
        <>
          <Dropzone
            accept={{
              'text/csv': ['.csv'],
              'text/plain': ['.csv', '.txt'],
              'application/vnd.ms-excel': ['.csv'],
            }}
            maxFiles={1}
            multiple={false}
            maxSize={LARGEST}
            loading={importing.isPending}
            onReject={() => setRejected(true)}
            onDrop={([file]) => {
              if (!file) return;
              setRejected(false);
              setName(file.name);
              importing.mutate(file);
            }}
            className={classes.drop}
            inputProps={{ 'aria-label': t('import.choose') }}
          >
            <IconFileSpreadsheet size={40} stroke={1.3} className={classes.glyph} />
            <p className={classes.big}>{t('import.drop')}</p>
            <p className={classes.small}>{t('import.limits')}</p>
          </Dropzone>
          {rejected && (
            <p className={classes.wrong} role="alert">
              {t('import.rejected')}
            </p>
          )}
          {importing.error && <ErrorState error={importing.error} />}
          <section className={classes.help}>
            <h2>{t('import.helpTitle')}</h2>
            <ul>
              <li>{t('import.help1')}</li>
              <li>{t('import.help2')}</li>
              <li>{t('import.help3')}</li>
            </ul>
          </section>
        </>
      )}
      <PastImports />
    </Page>
  );
}

function Result({ name, result, onAgain }: { name: string; result: ImportResult; onAgain: () => void }) {
  const { t } = useTranslation();
  const [show, setShow] = useState<Status | 'all'>(result.refused > 0 ? 'refused' : 'all');
  const rows = result.rows.filter((row) => show === 'all' || row.status === show);
  return (
    <section aria-live="polite">
      <h2 className={classes.headline}>{t('import.result', { count: result.recorded, name })}</h2>
      <dl className={classes.counts}>
        <div>
          <dt>{t('import.recorded')}</dt>
          <dd className="num">{result.recorded}</dd>
        </div>
        <div>
          <dt>{t('import.same')}</dt>
          <dd className="num">{result.same}</dd>
        </div>
        <div data-bad={result.refused > 0 || undefined}>
          <dt>{t('import.refused')}</dt>
          <dd className="num">{result.refused}</dd>
        </div>
      </dl>
      <div className={classes.actions}>
        <Button component={Link} to="/expenses">
          {t('import.seeExpenses')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('import.another')}
        </Button>
      </div>
      <SegmentedControl
        size="md"
        aria-label={t('import.show')}
        value={show}
        onChange={(value) => setShow(value as Status | 'all')}
        data={[
          { value: 'all', label: t('import.all') },
          { value: 'recorded', label: t('import.recorded') },
          { value: 'same', label: t('import.same') },
          { value: 'refused', label: t('import.refused') },
        ]}
        className={classes.filter}
      />
      {rows.length === 0 ? (
        <p className={classes.small}>{t('import.noRows')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('import.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.row}>
                <th scope="row" className="num">
                  {row.row}
                </th>
                <td>
                  <span className={classes.status} data-status={row.status}>
                    {row.status === 'recorded' ? (
                      <IconCheck size={16} />
                    ) : row.status === 'same' ? (
                      <IconEqual size={16} />
                    ) : (
                      <IconX size={16} />
                    )}
                    {t(`import.${row.status}`)}
                  </span>
                  {row.expenseId && (
                    <Link
                      to="."
                      search={((before: object) => ({ ...before, expense: row.expenseId })) as never}
                      resetScroll={false}
                      className={classes.open}
                    >
                      {t('import.open')}
                    </Link>
                  )}
                  {row.errors?.map((error) => (
                    <p key={error.field + error.message} className={classes.reason}>
                      <strong>{error.field}</strong> {error.message}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > SHOWN && (
        <p className={classes.small}>{t('import.moreRows', { count: rows.length - SHOWN })}</p>
      )}
    </section>
  );
}

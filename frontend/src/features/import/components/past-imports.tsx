import { Alert, Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { IconArrowBackUp, IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Totals } from '@/components/ui/amount';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import type { Import } from '@/api/types';
import { formatInstant } from '@/lib/dates';
import { locale } from '@/lib/locale';
import { useImports } from '../api/list-imports';
import { useUndoImport } from '../api/undo-import';
import classes from './past-imports.module.css';

/** Files that were imported, what each brought, and the way to take it back. */
export function PastImports() {
  const { t } = useTranslation();
  const imports = useImports();
  const items = imports.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.past} aria-labelledby="past-imports">
      <h2 id="past-imports">{t('import.pastTitle')}</h2>
      <IncompleteNotice of={imports.data?.pages ?? []} />
      {imports.isPending ? (
        <RowSkeletons count={3} />
      ) : imports.error && items.length === 0 ? (
        <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
      ) : items.length === 0 ? (
        <p className={classes.quiet}>{t('import.pastEmpty')}</p>
      ) : (
        <ul className={classes.list}>
          {items.map((item) => (
            <PastImport key={item.id} item={item} />
          ))}
        </ul>
      )}
      {imports.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={imports.isFetchingNextPage}
          onClick={() => void imports.fetchNextPage()}
        >
          {t('import.older')}
        </Button>
      )}
    </section>
  );
}

function useCounts() {
  const format = new Intl.NumberFormat(locale());
  return (count: number) => ({ count, formatted: format.format(count) });
}

function PastImport({ item }: { item: Import }) {
  const { t } = useTranslation();
  const counted = useCounts();
  const [asking, setAsking] = useState(false);
  const undo = useUndoImport();
  const name = item.fileName ?? t('import.unnamed');
  // what was undone may have left something that the owner had changed
  const left = item.state === 'undone' ? (item.kept ?? 0) : item.recorded;
  return (
    <li className={classes.row} data-state={item.state}>
      <span className={classes.glyph}>
        {item.state === 'undone' ? (
          <IconArrowBackUp size={20} stroke={1.6} aria-hidden />
        ) : (
          <IconFileSpreadsheet size={20} stroke={1.6} aria-hidden />
        )}
      </span>
      <div className={classes.words}>
        <p className={classes.name}>
          <span>{name}</span>
          {item.state !== 'applied' && (
            <span className={classes.state}>
              {item.state === 'undone' ? t('import.undone') : t('import.unfinished')}
            </span>
          )}
        </p>
        <p className={classes.quiet}>
          <time dateTime={item.at}>{formatInstant(item.at)}</time>
          {' · '}
          {item.recorded > 0
            ? t('import.recordedCount', counted(item.recorded))
            : t('import.nothingRecorded')}
          {item.same > 0 && ` · ${t('import.sameCount', counted(item.same))}`}
          {item.refused > 0 && ` · ${t('import.refusedCount', counted(item.refused))}`}
        </p>
        {item.state === 'unfinished' && <p className={classes.quiet}>{t('import.unfinishedHint')}</p>}
        {item.undoneAt && (
          <p className={classes.quiet}>
            {t('import.undoneAt', { when: formatInstant(item.undoneAt), ...counted(item.deleted ?? 0) })}
            {(item.kept ?? 0) > 0 && ` · ${t('import.keptNote', counted(item.kept ?? 0))}`}
          </p>
        )}
      </div>
      {item.totals.length > 0 && <Totals totals={item.totals} className={classes.totals} />}
      {left > 0 && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={17} />}
          loading={undo.isPending}
          aria-label={`${item.state === 'undone' ? t('import.undoRest') : t('import.undo')}, ${name}`}
          className={classes.undo}
          onClick={() => {
            undo.reset();
            setAsking(true);
          }}
        >
          {item.state === 'undone' ? t('import.undoRest') : t('import.undo')}
        </Button>
      )}
      <UndoDialog
        opened={asking}
        item={item}
        name={name}
        left={left}
        pending={undo.isPending}
        error={undo.error}
        onClose={() => setAsking(false)}
        onUndo={(changedToo) =>
          void undo.mutateAsync({ id: item.id, changedToo }).then(
            ({ deleted, kept }) => {
              setAsking(false);
              toast.show({
                title: t('import.undoneToast', counted(deleted)),
                message: kept > 0 ? t('import.undoneKept', counted(kept)) : name,
                autoClose: 8_000,
              });
            },
            () => undefined, // told in the dialog, which stays
          )
        }
      />
    </li>
  );
}

interface DialogProps {
  opened: boolean;
  item: Import;
  name: string;
  /** Expenses that may still be there. */
  left: number;
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onUndo: (changedToo: boolean) => void;
}

function UndoDialog({ opened, item, name, left, pending, error, onClose, onUndo }: DialogProps) {
  const { t } = useTranslation();
  const counted = useCounts();
  const problemText = useProblemText();
  const rest = item.state === 'undone';
  const [changedToo, setChangedToo] = useState(false);
  return (
    <Modal
      opened={opened}
      // an act under way is not left by a slip
      onClose={() => !pending && onClose()}
      title={t('import.undoTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {error !== null && error !== undefined && (
          <Alert color="tomato" variant="light" role="alert">
            {problemText(error)}
          </Alert>
        )}
        <p className={classes.lead}>{t('import.undoLead', { name, ...counted(left) })}</p>
        {!rest && (
          <Checkbox
            size="md"
            label={t('import.changedToo')}
            description={t('import.changedTooHint')}
            checked={changedToo}
            disabled={pending}
            onChange={(event) => setChangedToo(event.currentTarget.checked)}
          />
        )}
        <p className={classes.quiet}>{t('import.undoAgain')}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={pending}>
            {t('common.cancel')}
          </Button>
          <Button loading={pending} data-autofocus onClick={() => onUndo(rest || changedToo)}>
            {t('import.undo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { Problem } from '@/api/problem';
import { readJson, writeJson } from '@/lib/storage';
import { uuid7 } from '@/lib/uuid7';
import { takeBack, type Outgoing } from '../api/outbox';
import { blankValues, contentOf, valuesOf, type FormValues } from '../form-values';
import { ExpenseForm } from './expense-form';

interface Draft {
  id: string;
  values: FormValues;
}

interface Props {
  opened: boolean;
  /** An expense that the server refused, opened again with everything that was typed. */
  refused?: Outgoing;
  onClose: () => void;
  onSave: (id: string, content: ReturnType<typeof contentOf>) => void;
}

export const draftKey = (accountId: string) => `met.draft.${accountId}`;

/** The ten-second path: amount, meal, place, save. */
export function AddSheet({ opened, refused, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const [round, setRound] = useState(0);
  const [another, setAnother] = useState(false);
  const kept = useRef<Draft>(undefined);

  const start = useMemo((): Draft & { restored: boolean } => {
    const draft = readJson<Draft>('local', draftKey(me.id));
    if (refused && draft?.id !== refused.id)
      return { id: refused.id, values: valuesOf(refused.content), restored: false };
    if (draft)
      return { ...draft, values: { ...blankValues(me.currency), ...draft.values }, restored: !refused };
    return { id: uuid7(), values: blankValues(me.currency), restored: false };
    // a new round starts from what is stored then
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [opened, refused, round, me.id]);

  const problem = useMemo(
    () => (refused?.problem ? new Problem(refused.problem, refused.problem.status) : undefined),
    [refused],
  );

  const keep = useCallback(
    (values: FormValues) => {
      kept.current = { id: start.id, values };
      writeJson('local', draftKey(me.id), kept.current);
    },
    [me.id, start.id],
  );
  useEffect(() => {
    if (!opened) kept.current = undefined;
  }, [opened]);

  function forget() {
    writeJson('local', draftKey(me.id), undefined);
    if (refused) takeBack(refused.id);
    setRound(round + 1);
  }

  function save(values: FormValues) {
    onSave(start.id, contentOf(values, Intl.DateTimeFormat().resolvedOptions().timeZone || me.zone));
    writeJson('local', draftKey(me.id), undefined);
    if (another) setRound(round + 1);
    else onClose();
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={refused ? t('add.refusedTitle') : t('add.title')}
      fullScreen={phone}
      size={480}
      padding={phone ? 'md' : 'lg'}
      centered={!phone}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      styles={{ content: { '--panel': 'var(--mantine-color-body)' } }}
    >
      {(start.restored || refused) && (
        <Group justify="space-between" mb="xs" wrap="nowrap">
          <span
            style={{
              color: refused ? 'var(--mantine-color-error)' : 'var(--mantine-color-dimmed)',
              fontSize: 14,
            }}
          >
            {refused ? (problem?.detail ?? t('add.refused')) : t('add.restored')}
          </span>
          <Button variant="subtle" color="gray" size="compact-sm" h={44} onClick={forget}>
            {refused ? t('add.discard') : t('add.startFresh')}
          </Button>
        </Group>
      )}
      {opened && (
        <ExpenseForm
          key={`${start.id}-${round}`}
          initial={start.values}
          problem={problem}
          onChange={keep}
          onSubmit={save}
          footer={
            <Group justify="space-between" wrap="nowrap">
              <Checkbox
                size="md"
                label={t('add.another')}
                checked={another}
                onChange={(event) => setAnother(event.currentTarget.checked)}
              />
              <Button type="submit" miw={128}>
                {t('common.save')}
              </Button>
            </Group>
          }
        />
      )}
    </Modal>
  );
}

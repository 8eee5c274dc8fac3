import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, Problem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';

/** As many characters as a reason may have. */
const LIMIT = 500;

interface Props {
  opened: boolean;
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  submit: string;
  /** How to leave it as it is. */
  back?: string;
  pending: boolean;
  error: unknown;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** A decision of an operator, which is kept with its reason. What was typed stays when it is refused. */
export function ReasonDialog({ opened, title, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ReasonForm {...form} onClose={onClose} />
    </Modal>
  );
}

function ReasonForm({
  children,
  submit,
  back,
  pending,
  error,
  onSubmit,
  onClose,
}: Omit<Props, 'opened' | 'title'>) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<string>();
  const problem = error instanceof Problem ? error : undefined;
  const said = problem?.errors.find(({ field }) => field === 'reason')?.message;
  const beside = said && said.charAt(0).toUpperCase() + said.slice(1);
  const trimmed = reason.trim();

  function send(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (pending) return;
    if (!trimmed) return setRefused(t('reason.required'));
    if (trimmed.length > LIMIT) return setRefused(t('reason.tooLong', { count: LIMIT }));
    onSubmit(trimmed);
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {error !== null && error !== undefined && !beside && (
          <Alert color="tomato" variant="light" role="alert">
            {isProblem(error, 'conflict') ? t('reason.conflict') : problemText(error)}
          </Alert>
        )}
        <div>{children}</div>
        <Textarea
          label={t('reason.label')}
          description={t('reason.hint')}
          data-autofocus
          required
          rows={3}
          value={reason}
          error={refused ?? beside}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setRefused(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {back ?? t('common.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

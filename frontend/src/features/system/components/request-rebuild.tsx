import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/ui/toast';
import { useRequestRebuild } from '../api/rebuilds';
import { ReasonDialog } from './reason-dialog';
import classes from './request-rebuild.module.css';

interface Props {
  opened: boolean;
  projections: readonly string[];
  /** True where these are all there are. */
  everything?: boolean;
  onClose: () => void;
  onRequested?: () => void;
}

/** Asks for the reason, requests the rebuild, and goes where its progress is. */
export function RequestRebuild({ opened, projections, everything = false, onClose, onRequested }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const request = useRequestRebuild();
  // what is being asked for stays what it was when the dialog opened, however the page moves on
  const [wanted, setWanted] = useState(projections);
  const [wasOpened, setWasOpened] = useState(opened);
  if (opened !== wasOpened) {
    setWasOpened(opened);
    if (opened) setWanted(projections);
  }
  const close = () => {
    request.reset();
    onClose();
  };
  return (
    <ReasonDialog
      opened={opened}
      title={
        everything
          ? t('rebuild.all')
          : wanted.length === 1
            ? t('rebuild.one', { name: wanted[0] })
            : t('rebuild.several', { count: wanted.length })
      }
      submit={t('rebuild.start')}
      pending={request.isPending}
      error={request.error}
      onClose={close}
      onSubmit={(reason) =>
        request.mutate(
          { projections: [...wanted], reason },
          {
            onSuccess: () => {
              toast.show({ message: t('rebuild.requestedToast') });
              onRequested?.();
              close();
              void navigate({ to: '/system/rebuilds' });
            },
          },
        )
      }
    >
      {wanted.length > 1 && (
        <ul className={classes.names}>
          {wanted.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
      <p className={classes.words}>{t('rebuild.dialogLead')}</p>
      <p className={classes.quiet}>{t('rebuild.dialogQueue')}</p>
    </ReasonDialog>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useProblemText } from '@/components/ui/states';
import { toast } from '@/components/ui/toast';
import { createStore } from '@/lib/store';
import classes from './undo.module.css';

/** How long the key takes the last act back, in milliseconds; the message may be gone by then. */
const REMEMBERED = 60_000;

interface Offer {
  /** Names the act: one message at a time for it. */
  id: string;
  title?: string;
  message: string;
  /** The command that takes it back; done when the lists show it. */
  undo: () => Promise<unknown>;
  /** What is said then. */
  undone: string;
}

interface Last {
  id: string;
  at: number;
  take: () => void;
}

const last = createStore<Last | undefined>(undefined);

/** Takes the last act back, if there is one that can be; what Ctrl-Z or ⌘Z does. */
export function undoLast(): void {
  const act = last.get();
  if (act && Date.now() - act.at < REMEMBERED) act.take();
}

/** Says what was done and offers to take it back, which is a command like any other and may be refused. */
export function useUndo(): (offer: Offer) => void {
  const { t } = useTranslation();
  const problemText = useProblemText();

  async function run({ id, undo, undone }: Offer): Promise<void> {
    const shown = `${id}-undo`;
    toast.hide(id);
    toast.show({
      id: shown,
      loading: true,
      message: t('undo.pending'),
      autoClose: false,
      withCloseButton: false,
    });
    try {
      await undo();
      toast.update({ id: shown, loading: false, message: undone, autoClose: 5_000, withCloseButton: true });
    } catch (error) {
      toast.update({
        id: shown,
        loading: false,
        color: 'red',
        title: t('undo.failed'),
        message: isProblem(error, 'stale-version') ? t('conflict.changedSince') : problemText(error),
        autoClose: 10_000,
        withCloseButton: true,
      });
    }
  }

  return function offer(act: Offer): void {
    let taken = false;
    const take = () => {
      if (taken) return;
      taken = true;
      last.set((current) => (current?.id === act.id ? undefined : current));
      void run(act);
    };
    last.set(() => ({ id: act.id, at: Date.now(), take }));
    toast.show({
      id: act.id,
      title: act.title,
      autoClose: 10_000,
      withCloseButton: true,
      message: (
        <div className={classes.toast}>
          <span>{act.message}</span>
          <Button variant="subtle" size="compact-sm" h={44} onClick={take}>
            {t('common.undo')}
          </Button>
        </div>
      ),
    });
  };
}

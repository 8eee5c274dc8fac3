import { Button } from '@mantine/core';
import { cloneElement, type MouseEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf, useTravel } from '@/lib/as-of';
import { toast } from './toast';
import classes from './changing.module.css';

interface ReadOnly {
  /** Why nothing can be changed just now. */
  reason: string;
  /** Says it to whoever tried, with the way back to now. */
  explain: () => void;
}

const TOAST = 'read-only';

/** Where the reader looks at the past, nothing can be changed; undefined for now. */
export function useReadOnly(): ReadOnly | undefined {
  const { t } = useTranslation();
  const asOf = useAsOf();
  const travel = useTravel();
  if (!asOf) return undefined;
  const back = () => {
    toast.hide(TOAST);
    travel(undefined);
  };
  return {
    reason: t('asOf.readOnly'),
    explain: () =>
      toast.show({
        id: TOAST,
        autoClose: 8_000,
        withCloseButton: true,
        message: (
          <div className={classes.toast}>
            <span>{t('asOf.readOnly')}</span>
            <Button variant="subtle" size="compact-sm" h={44} onClick={back}>
              {t('asOf.backToNow')}
            </Button>
          </div>
        ),
      }),
  };
}

interface Changes {
  onClick?: (event: MouseEvent<HTMLElement>) => void;
  title?: string;
  'aria-disabled'?: boolean;
  'data-disabled'?: boolean;
}

/**
 * A button that changes something. In the past it stays where it is, in reach of everybody, but says why it does
 * nothing instead of doing it.
 */
export function Changing({ children }: { children: ReactElement<object> }) {
  const readOnly = useReadOnly();
  if (!readOnly) return children;
  return cloneElement(children as ReactElement<Changes>, {
    'aria-disabled': true,
    'data-disabled': true,
    title: readOnly.reason,
    onClick: (event) => {
      event.preventDefault();
      event.stopPropagation();
      readOnly.explain();
    },
  });
}

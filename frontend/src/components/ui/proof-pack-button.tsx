import { Button, type ButtonProps } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useProofPack, type PackSubject } from '@/api/proof-pack';
import { useProblemText } from './states';
import classes from './proof-pack-button.module.css';

interface Props extends Pick<ButtonProps, 'variant' | 'fullWidth'> {
  of: PackSubject;
}

/** Saves a proof pack, and says beside the button how that went: a file may arrive long after the click. */
export function ProofPackButton({ of, variant = 'default', fullWidth }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const pack = useProofPack();
  const state = useRef<HTMLParagraphElement>(null);
  // the button may be the last thing on the screen, and what is said comes under it
  useEffect(() => {
    if (pack.status !== 'idle') state.current?.scrollIntoView({ block: 'nearest' });
  }, [pack.status]);
  return (
    <div className={classes.pack}>
      <Button
        variant={variant}
        fullWidth={fullWidth}
        leftSection={<IconFileCertificate size={18} />}
        loading={pack.isPending}
        onClick={() => pack.mutate(of)}
      >
        {t('pack.save')}
      </Button>
      <p ref={state} className={classes.state} role="status" data-failed={pack.isError || undefined}>
        {pack.isPending
          ? t('pack.pending')
          : pack.isError
            ? problemText(pack.error)
            : pack.data && t('pack.saved', { name: pack.data })}
      </p>
    </div>
  );
}

import { Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import { PeriodPicker } from '@/components/ui/period-picker';
import { ProofPackButton } from '@/components/ui/proof-pack-button';
import { presetPeriod } from '@/lib/period';
import classes from './proof-pack-dialog.module.css';

interface Props {
  /** Chosen on the page already. */
  ownerId?: string;
  onClose: () => void;
}

/** A pack of all that happened to somebody's expenses of a period. */
export function ProofPackDialog({ ownerId, onClose }: Props) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const [owner, setOwner] = useState(ownerId ?? null);
  const [period, setPeriod] = useState(presetPeriod('lastMonth'));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('pack.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={classes.lead}>{t('pack.lead')}</p>
      <div className={classes.form}>
        <Select
          label={t('filter.owner')}
          placeholder={t('replay.choosePerson')}
          searchable
          value={owner}
          onChange={setOwner}
          data={[...accounts.values()].map((account) => ({ value: account.id, label: account.displayName }))}
        />
        <PeriodPicker period={period} onChange={setPeriod} />
        {owner ? (
          <ProofPackButton
            key={`${owner} ${period.from} ${period.to}`}
            of={{ ownerId: owner, from: period.from, to: period.to }}
            variant="filled"
            fullWidth
          />
        ) : (
          <p className={classes.hint}>{t('pack.choose')}</p>
        )}
      </div>
    </Modal>
  );
}

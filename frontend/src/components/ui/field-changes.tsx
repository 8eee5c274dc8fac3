import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFieldText, type FieldValue } from './field-text';
import classes from './field-changes.module.css';

interface Props {
  changes: readonly { field: string; from?: FieldValue; to?: FieldValue }[];
  /** Of the amounts before; absent where there was nothing before, and only what is new is told. */
  was?: string;
  /** Of the amounts after; absent where there is nothing any more. */
  is?: string;
}

/** Field by field: what it was, and what it became. */
export function FieldChanges({ changes, was, is }: Props) {
  const { t } = useTranslation();
  const before = useFieldText(was ?? is ?? '');
  const after = useFieldText(is ?? was ?? '');
  return (
    <dl className={classes.changes}>
      {changes.map(({ field, from, to }) => (
        <div key={field} className={classes.change}>
          <dt>{after.name(field)}</dt>
          <dd>
            {was && <del>{before.value(field, from)}</del>}
            {was && is && <IconArrowRight size={14} aria-label={t('history.became')} />}
            {is && <ins>{after.value(field, to)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

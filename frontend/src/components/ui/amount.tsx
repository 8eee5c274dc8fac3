import { useTranslation } from 'react-i18next';
import { formatMoney, isNegative, type Total } from '@/lib/money';
import classes from './amount.module.css';

interface Props {
  amount: string;
  currency: string;
  /** Says "refund" beside money that came back. */
  named?: boolean;
  className?: string;
}

export function Amount({ amount, currency, named = false, className }: Props) {
  const { t } = useTranslation();
  const refund = isNegative(amount);
  return (
    <span className={[classes.amount, className].filter(Boolean).join(' ')} data-refund={refund || undefined}>
      {named && refund && <span className={classes.refund}>{t('common.refund')}</span>}
      <span className="num">{formatMoney(amount, currency)}</span>
    </span>
  );
}

/** Several currencies side by side; they are never added together. */
export function Totals({
  totals,
  className,
}: {
  totals: Pick<Total, 'currency' | 'amount'>[];
  className?: string;
}) {
  return (
    <span className={[classes.totals, className].filter(Boolean).join(' ')}>
      {totals.map((total, i) => (
        <span key={total.currency}>
          {i > 0 && <span className={classes.between}> · </span>}
          <Amount amount={total.amount} currency={total.currency} />
        </span>
      ))}
    </span>
  );
}

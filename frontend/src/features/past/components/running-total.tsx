import { useMemo } from 'react';
import type { ExpenseStep } from '@/api/types';
import classes from './replay-player.module.css';

interface Props {
  steps: ExpenseStep[];
  total: number;
  at: number;
  currency?: string;
}

const WIDTH = 1000;
const HEIGHT = 120;
/** More points than pixels draw nothing better. */
const POINTS = 600;

/** How the report's total grew over the steps; what is still to come is drawn faintly. The slider below is its axis. */
export function RunningTotal({ steps, total, at, currency }: Props) {
  const amounts = useMemo(
    () => [
      0,
      ...steps.map(({ totals }) => Number(totals.find((one) => one.currency === currency)?.amount ?? 0)),
    ],
    [steps, currency],
  );
  const path = useMemo(() => {
    const largest = Math.max(0.01, ...amounts);
    const lowest = Math.min(0, ...amounts);
    const x = (i: number) => ((i / Math.max(1, total)) * WIDTH).toFixed(1);
    const y = (amount: number) =>
      (HEIGHT - 2 - ((amount - lowest) / (largest - lowest)) * (HEIGHT - 4)).toFixed(1);
    const every = Math.max(1, Math.ceil(amounts.length / POINTS));
    const shown = amounts
      .map((amount, i) => [i, amount] as const)
      .filter(([i]) => i % every === 0 || i === amounts.length - 1);
    const line = shown
      .map(([i, amount], n) => (n ? `H${x(i)}V${y(amount)}` : `M${x(i)} ${y(amount)}`))
      .join('');
    return { line, area: `${line}V${HEIGHT}H0Z` };
  }, [amounts, total]);
  const here = (at / Math.max(1, total)) * WIDTH;
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      focusable="false"
    >
      <clipPath id="replayed">
        <rect x="0" y="0" width={here} height={HEIGHT} />
      </clipPath>
      <path d={path.line} className={classes.ahead} />
      <path d={path.area} className={classes.area} clipPath="url(#replayed)" />
      <path d={path.line} className={classes.line} clipPath="url(#replayed)" />
    </svg>
  );
}

import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { formatMoney, formatMoneyShort } from '@/lib/money';
import type { RunningPoint } from '../two-months';
import '@mantine/charts/styles.css';

interface Props {
  points: RunningPoint[];
  currency: string;
  thisMonth: string;
  lastMonth: string;
  height: number;
}

/** The month's running sum against last month's. Loaded after the numbers are on the screen. */
export function RunningLine({ points, currency, thisMonth, lastMonth, height }: Props) {
  const { t } = useTranslation();
  return (
    <LineChart
      h={height}
      data={points}
      dataKey="day"
      series={[
        { name: 'before', label: lastMonth, color: 'var(--muted-line)', strokeDasharray: '5 5' },
        { name: 'now', label: thisMonth, color: 'var(--accent)' },
      ]}
      curveType="monotone"
      strokeWidth={2.5}
      withDots={false}
      gridAxis="x"
      strokeDasharray="0"
      valueFormatter={(value) => formatMoney(value, currency)}
      yAxisProps={{
        width: 56,
        tickFormatter: (value: number) => formatMoneyShort(value, currency),
        domain: [0, 'auto'],
        tickCount: 4,
      }}
      xAxisProps={{ ticks: [1, 8, 15, 22, 29], interval: 0 }}
      tooltipProps={{ labelFormatter: (day) => t('overview.day', { day }) }}
      lineChartProps={{ margin: { top: 8, right: 8, bottom: 0, left: 0 }, accessibilityLayer: false }}
      aria-hidden
    />
  );
}

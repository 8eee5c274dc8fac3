import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addMonths, firstDay, lastDay, monthOf, today } from '@/lib/dates';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

const MONTH = addMonths(monthOf(today()), -1);

describe('the reports', () => {
  it('speak of an average only where there are several months', async () => {
    serve({ signedInAs: 'member', count: 60 });
    const { user } = renderApp(`/reports?from=${firstDay(MONTH)}&to=${lastDay(MONTH)}`);
    expect(await screen.findByRole('heading', { name: / altogether$/ })).toBeVisible();
    expect(screen.queryByRole('heading', { name: /on average/ })).not.toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: /^Period:/ }));
    await user.click(await screen.findByRole('button', { name: 'Last 12 months' }));
    expect(await screen.findByRole('heading', { name: /a month on average$/ })).toBeVisible();
  });

  it('claim no finding that they do not have', async () => {
    serve({ signedInAs: 'member', count: 60 });
    const failed = { type: '/problems/not-found', status: 404 };
    server.use(refuse('get', '/reports/monthly', failed), refuse('get', '/reports/spending', failed));
    renderApp('/reports');
    expect((await screen.findAllByText('That did not work')).length).toBeGreaterThan(1);
    expect(screen.queryByRole('heading', { name: /on average|Most is spent/ })).not.toBeInTheDocument();
  });
});

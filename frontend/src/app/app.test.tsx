import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

describe('who sees what', () => {
  it('sends people who are not signed in to the sign-in, and remembers where they wanted to go', async () => {
    serve({ demo: false });
    const { history } = renderApp('/expenses?q=kyoto');
    expect(await screen.findByRole('heading', { name: 'Welcome back' })).toBeVisible();
    expect(history.location.search).toBe('?next=%2Fexpenses%3Fq%3Dkyoto');
  });

  it('gives a member no audit and no system', async () => {
    serve({ signedInAs: 'member', count: 10 });
    renderApp('/');
    expect(await screen.findByRole('heading', { level: 1, name: /so far in/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Audit' })).not.toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'System' })).not.toBeInTheDocument();
    expect(document.body).not.toHaveTextContent(/projection|aggregate|\bevent\b/i);
  });

  it('lets an auditor read everybody and change nothing', async () => {
    serve({ signedInAs: 'auditor', count: 10 });
    renderApp('/expenses');
    expect(await screen.findByRole('link', { name: /Kikunoi/ })).toHaveTextContent('Mara Vogel');
    expect(screen.queryByRole('button', { name: 'Add expense' })).not.toBeInTheDocument();
    expect(screen.getAllByRole('link', { name: 'Audit' })[0]).toBeVisible();
  });

  it('lets an auditor filter events by clicking a value', async () => {
    serve({ signedInAs: 'auditor', count: 5 });
    const { user, history } = renderApp('/audit');
    await user.click((await screen.findAllByRole('button', { name: 'Category created' }))[0]!);
    expect(history.location.search).toContain('type=CategoryCreated');
    await user.click((await screen.findAllByRole('button', { name: /Show event/ }))[0]!);
    expect(await screen.findByText('"Other"')).toBeVisible();
  });

  it('takes an administrator to the system', async () => {
    const backend = serve({ signedInAs: 'admin', count: 5 });
    const { user } = renderApp('/');
    expect(await screen.findByText('1 read model is not up to date.')).toBeVisible();
    await user.click((await screen.findAllByRole('checkbox', { name: 'Auditor' }))[0]!);
    expect([...backend.accounts.values()][0]!.roles).toContain('AUDITOR');
  });

  it('welcomes a new member with what to do first', async () => {
    serve({ signedInAs: 'member', demo: false });
    renderApp('/');
    expect(await screen.findByText('Your first meal starts the picture')).toBeVisible();
  });

  it('knows when an address leads nowhere', async () => {
    serve();
    renderApp('/nowhere');
    expect(await screen.findByText('This page does not exist')).toBeVisible();
  });
});

describe('signing in', () => {
  it('says when e-mail or password is wrong and keeps the e-mail', async () => {
    serve({ demo: false });
    const { user } = renderApp('/sign-in');
    await user.type(await screen.findByLabelText('E-mail'), 'mara@example.test');
    await user.type(screen.getByLabelText('Password'), 'wrong wrong wrong{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail or password is not right.');
    expect(screen.getByLabelText('E-mail')).toHaveValue('mara@example.test');
  });

  it('puts what registration refuses beside the field', async () => {
    serve({ demo: false });
    const errors = [{ field: 'email', message: 'must be an e-mail address' }];
    server.use(refuse('post', '/auth/register', { type: '/problems/validation', status: 400, errors }));
    const { user } = renderApp('/register');
    await user.type(await screen.findByLabelText('Your name'), 'Mara');
    await user.type(screen.getByLabelText('E-mail'), 'mara@x');
    await user.type(screen.getByLabelText(/^Password/), 'correct horse battery{Enter}');
    expect(await screen.findByText('Must be an e-mail address')).toBeVisible();
  });

  it('explains a set-up link that was used', async () => {
    serve({ demo: false });
    renderApp('/setup');
    expect(await screen.findByText('This link has been used')).toBeVisible();
  });
});

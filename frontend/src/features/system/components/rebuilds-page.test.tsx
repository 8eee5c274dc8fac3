import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { comparisonOf, differenceOf } from '@/testing/mock-operations';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

const admin = () => serve({ signedInAs: 'admin', count: 5 }).operations;
const startedAt = '2026-02-11T08:02:01Z';
const finishedAt = '2026-02-11T08:05:06Z';
const item = (text: string | RegExp) =>
  screen.getAllByRole('listitem').find((li) => within(li).queryByText(text))!;

/** Answers for one rebuild, for as long as the test says so. */
function stands(id: string, body: () => object) {
  return http.get(`*/api/v1/rebuilds/${id}`, () => HttpResponse.json(body()));
}

describe('a rebuild under way', () => {
  it('shows its progress, its step, and who wanted it and why', async () => {
    const operations = admin();
    const rebuild = operations.add({ projections: ['categories'], reason: 'New colours', startedAt });
    const body = {
      ...rebuild,
      state: 'copying',
      eventsDone: 40_000,
      eventsTotal: 100_000,
      eventsPerSecond: 20_000,
      secondsLeft: 3,
    };
    server.use(
      http.get('*/api/v1/rebuilds', () => HttpResponse.json({ items: [body] })),
      stands(rebuild.id, () => body),
    );
    renderApp('/system/rebuilds');
    expect(await screen.findByRole('progressbar', { name: 'Progress' })).toHaveAttribute(
      'aria-valuenow',
      '40',
    );
    expect(screen.getByText('40,000 of 100,000 events')).toBeVisible();
    expect(screen.getByText('20,000 events/s')).toBeVisible();
    expect(screen.getByText('about 3 s left')).toBeVisible();
    expect(screen.getByText('“New colours”')).toBeVisible();
    expect(await screen.findByText(/Otto Operator/, { selector: 'header p' })).toBeVisible();
    const steps = screen.getByRole('list', { name: 'Steps of the rebuild' });
    expect(within(steps).getByText('Copying').closest('li')).toHaveAttribute('aria-current', 'step');
  });

  it('announces steps and quarters, not every tick', async () => {
    const operations = admin();
    const rebuild = operations.add({ projections: ['categories'], startedAt });
    let body = { ...rebuild, state: 'copying', eventsDone: 26_000, eventsTotal: 100_000 };
    server.use(
      http.get('*/api/v1/rebuilds', () => HttpResponse.json({ items: [body] })),
      stands(rebuild.id, () => body),
    );
    renderApp('/system/rebuilds');
    const bar = await screen.findByRole('progressbar', { name: 'Progress' });
    const said = screen.getByText('categories: Copying, 25 %');
    body = { ...body, eventsDone: 49_000 };
    await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '49'));
    expect(said).toHaveTextContent('categories: Copying, 25 %');
    body = { ...body, state: 'indexing', eventsDone: 100_000 };
    await waitFor(() => expect(said).toHaveTextContent(/^categories: Indexing$/));
  });

  it('needs nobody while it is the first copy of read models that had nothing', async () => {
    const operations = admin();
    const rebuild = operations.add({ projections: ['categories'], startedAt, initial: true });
    const body = { ...rebuild, requestedBy: 'system', state: 'copying', eventsTotal: 10 };
    server.use(
      http.get('*/api/v1/rebuilds', () => HttpResponse.json({ items: [body] })),
      stands(rebuild.id, () => body),
    );
    renderApp('/system/rebuilds');
    expect(await screen.findByText(/^First copy,/)).toBeVisible();
    expect(screen.getByText(/There is nothing yet of a long history/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Cancel rebuild…' })).toBeNull();
    const steps = screen.getByRole('list', { name: 'Steps of the rebuild' });
    expect(within(steps).getAllByRole('listitem')).toHaveLength(5);
    expect(within(steps).queryByText('Comparing')).toBeNull();
  });

  it('is cancelled for a reason, and moves to the earlier ones', async () => {
    const operations = admin();
    operations.add({ projections: ['categories'] });
    const { user } = renderApp('/system/rebuilds');
    await user.click(await screen.findByRole('button', { name: 'Cancel rebuild…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Cancel this rebuild?' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'Wrong one{Enter}');
    expect(await screen.findByText('Nothing is being rebuilt just now.')).toBeVisible();
    expect(operations.rebuilds[0]!.state).toBe('cancelled');
    expect(screen.getByText('It ended before anything was compared.')).toBeVisible();
  });

  it('shows queued ones below the one at work', async () => {
    const operations = admin();
    operations.add({ projections: ['categories'] });
    operations.add({ projections: ['audit-trail'] });
    renderApp('/system/rebuilds');
    const names = (await screen.findAllByRole('heading', { level: 3 })).map((heading) => heading.textContent);
    expect(names).toEqual(['categories', 'audit-trail']);
    expect(
      screen.getAllByText('Waits for its turn, or for a query service to take it up.').at(-1),
    ).toBeVisible();
  });

  it('keeps what is known in view when the answers stop coming', async () => {
    const operations = admin();
    const rebuild = operations.add({ projections: ['categories'] });
    renderApp('/system/rebuilds');
    await screen.findByRole('button', { name: 'Cancel rebuild…' });
    server.use(http.get(`*/api/v1/rebuilds/${rebuild.id}`, () => HttpResponse.error()));
    expect(await screen.findByText(/No connection. What you see was true at/)).toBeVisible();
  });
});

describe('a rebuild whose copies differ', () => {
  const differing = () =>
    admin().add({
      projections: ['categories', 'category-spend'],
      state: 'differs',
      startedAt,
      comparisons: [comparisonOf('categories'), differenceOf('category-spend')],
    });

  it('shows counts and examples by their keys, and explains in plain words', async () => {
    differing();
    renderApp('/system/rebuilds');
    expect(await screen.findByText('The new copy is not equal to the live one')).toBeVisible();
    expect(screen.getByText('20 rows differ')).toBeVisible();
    expect(screen.getByText('Equal')).toBeVisible();
    const table = screen.getByRole('region', { name: 'Table category_spend_day' });
    expect(within(table).getByText('In both, not the same').parentElement).toHaveTextContent('14');
    expect(within(table).getByText('differs in amount, count')).toBeVisible();
    expect(within(table).getAllByText('spent_on')[0]!.parentElement).toHaveTextContent('2026-03-04');
  });

  it('is swapped anyway for a reason', async () => {
    const rebuild = differing();
    const { user } = renderApp('/system/rebuilds');
    await user.click(await screen.findByRole('button', { name: 'Swap anyway…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Swap although they differ?' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'The log is right');
    await user.click(within(dialog).getByRole('button', { name: 'Swap' }));
    expect(await screen.findByText('Swapped although different')).toBeVisible();
    expect(rebuild.state).toBe('swapped');
    expect(await screen.findByText(/decided to swap/)).toBeVisible();
  });

  it('sends which comparison the decision is about', async () => {
    const rebuild = differing();
    let sent: unknown;
    server.use(
      http.post(`*/rebuilds/${rebuild.id}/swap`, async ({ request }) => {
        sent = await request.json();
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = renderApp('/system/rebuilds');
    await user.click(await screen.findByRole('button', { name: 'Swap anyway…' }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'The log is right{Enter}');
    await waitFor(() =>
      expect(sent).toEqual({ reason: 'The log is right', comparedAt: rebuild.comparisons[0]!.position }),
    );
  });

  it('says of decisions that came to nothing why', async () => {
    const at = '2026-02-11T11:00:00Z';
    admin().add({
      projections: ['categories'],
      state: 'swapped',
      startedAt,
      finishedAt: at,
      decisions: [
        { act: 'swap', by: 'somebody', at, outcome: 'too-early' },
        { act: 'cancel', by: 'somebody', at, outcome: 'too-late' },
      ],
    });
    renderApp('/system/rebuilds');
    expect(await screen.findByText(/the copies had not been compared yet/)).toBeVisible();
    expect(screen.getByText(/it was over or decided by then/)).toBeVisible();
  });

  it('is given up and the live copy kept', async () => {
    const rebuild = differing();
    const { user } = renderApp('/system/rebuilds');
    await user.click(await screen.findByRole('button', { name: 'Cancel and keep the live copy…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Keep the live copy?' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'To be looked into{Enter}');
    await waitFor(() => expect(rebuild.state).toBe('cancelled'));
  });

  it('says when somebody else has decided in the meantime', async () => {
    const rebuild = differing();
    server.use(refuse('post', `/rebuilds/${rebuild.id}/swap`, { type: '/problems/conflict', status: 409 }));
    const { user } = renderApp('/system/rebuilds');
    await user.click(await screen.findByRole('button', { name: 'Swap anyway…' }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Mine{Enter}');
    expect(await screen.findByText(/This was decided in the meantime/)).toBeVisible();
  });
});

describe('rebuilds that are over', () => {
  it('say how they ended and how long they took, with the comparison as proof', async () => {
    const operations = admin();
    const over = { startedAt, finishedAt, eventsDone: 300_000, eventsTotal: 300_000 };
    operations.add({
      ...over,
      projections: ['categories'],
      state: 'swapped',
      generation: 4,
      comparisons: [comparisonOf('categories', { position: 300_000, rows: 1_234, checksum: 'abc123' })],
    });
    operations.add({
      ...over,
      projections: ['audit-trail'],
      state: 'failed',
      error: 'No space left on device',
    });
    const { user } = renderApp('/system/rebuilds');
    expect(await screen.findByText('No space left on device')).toBeVisible();
    const swapped = item('Generation 4');
    expect(swapped).toHaveTextContent('took 3 min 5 s');
    expect(swapped).toHaveTextContent('Compared at position 300,000');
    await user.click(within(swapped).getByRole('button', { name: 'Proof of the comparison' }));
    expect(await within(swapped).findByText('abc123')).toBeVisible();
    expect(within(swapped).getByText('1,234')).toBeVisible();
  });

  it('are loaded page by page', async () => {
    const operations = admin();
    for (let i = 0; i < 23; i++)
      operations.add({ projections: ['categories'], reason: `No ${i}`, state: 'cancelled' });
    const { user } = renderApp('/system/rebuilds');
    expect(await screen.findByText('“No 22”')).toBeVisible();
    expect(screen.queryByText('“No 1”')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Earlier rebuilds' }));
    expect(await screen.findByText('“No 1”')).toBeVisible();
  });

  it('teach when there is none, and say in words what went wrong', async () => {
    admin();
    let broken = true;
    server.use(
      refuse('get', '/rebuilds', { type: '/problems/forbidden', status: 403 }, { while: () => broken }),
    );
    const { user } = renderApp('/system/rebuilds');
    expect(await screen.findByText('You do not have access to this.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No rebuild yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Choose read models' })).toHaveAttribute('href', '/system');
  });

  it('are nothing for a member', async () => {
    serve({ signedInAs: 'member', count: 5 });
    const { history } = renderApp('/system/rebuilds');
    await waitFor(() => expect(history.location.pathname).toBe('/settings'));
  });
});

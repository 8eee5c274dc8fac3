import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addMonths, firstDay, formatMonth, lastDay, monthOf, today } from '@/lib/dates';
import { instantAt } from '@/lib/instants';
import { renderApp } from '@/testing/render-app';
import { refuse, serve, server } from '@/testing/server';

const MONTH = addMonths(monthOf(today()), -2);
const NEXT = addMonths(MONTH, 1);
const id = (n: number) => `0199a000-0000-7000-8000-00000000c${String(n).padStart(3, '0')}`;

/** Recorded, amended in a second currency's company, deleted: four steps. */
function recording() {
  const backend = serve({ signedInAs: 'auditor', demo: false });
  const [member] = [...backend.accounts.values()];
  const meal = { spentOn: `${MONTH}-10`, mealType: 'lunch' as const, tags: [], attendees: [] };
  const deli = { ...meal, amount: '12.50', currency: 'EUR', place: 'Corner Deli' };
  const market = { ...meal, amount: '1200', currency: 'JPY', place: 'Nishiki Market' };
  backend.record(member!, id(1), deli, 'web', instantAt(`${MONTH}-10`, '13:00'));
  backend.record(member!, id(2), market, 'web', instantAt(`${MONTH}-11`, '13:00'));
  backend.amend(
    member!,
    id(1),
    { ...deli, amount: '21.50' },
    'Typo in the amount',
    instantAt(`${NEXT}-02`, '09:00'),
  );
  backend.setDeleted(member!, id(2), true, 'Entered twice', instantAt(`${NEXT}-03`, '09:00'));
  return { backend, member: member! };
}

const address = (part: Record<string, string>) =>
  `/audit/replay?${new URLSearchParams({ month: MONTH, ...part })}`;
const report = () => screen.findByRole('region', { name: 'Report after this step' });
const event = () => screen.getByRole('region', { name: 'The event' });

describe('the replay', () => {
  it('steps a report through its events, each with who, why and what changed', async () => {
    const { member } = recording();
    const { user } = renderApp(address({ ownerId: member.id }));
    expect(
      await screen.findByRole('heading', { name: `${formatMonth(MONTH)} of Mara Vogel, step by step` }),
    ).toBeVisible();
    expect(await screen.findByText('Step 0 of 4')).toBeVisible();
    expect(event()).toHaveTextContent('Before the first event');

    await user.click(screen.getByRole('button', { name: 'One step on' }));
    expect(await report()).toHaveTextContent('€12.501 meal+€12.50');
    expect(event()).toHaveTextContent(/Expense recorded.*Corner Deli.*Mara Vogel/);

    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(await report()).toHaveTextContent('€21.501 meal+€9.00');
    expect(await report()).toHaveTextContent('¥1,2001 meal');
    expect(event()).toHaveTextContent('“Typo in the amount”');
    expect(within(event()).getByText('Amount').closest('div')).toHaveTextContent('€12.50€21.50');

    await user.keyboard('{End}');
    expect(await report()).toHaveTextContent('¥00 meals−¥1,200');
    expect(event()).toHaveTextContent(/Expense deleted.*“Entered twice”/);
    expect(screen.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuetext', 'Step 4 of 4');
    expect(screen.getByRole('button', { name: 'To the end' })).toHaveAttribute('aria-disabled', 'true');
    await user.keyboard('{Home}');
    expect(event()).toHaveTextContent('Before the first event');
  });

  it('plays by itself, quicker when told', async () => {
    const { member } = recording();
    const { user } = renderApp(address({ ownerId: member.id }));
    await user.click(await screen.findByRole('radio', { name: '20/s' }));
    await user.click(screen.getByRole('button', { name: 'Play' }));
    expect(await screen.findByText('Step 4 of 4')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  it('asks whose first', async () => {
    const { member } = recording();
    const { user, history } = renderApp(address({}));
    expect(await screen.findByRole('heading', { name: 'Whose report?' })).toBeVisible();
    const [choice] = screen.getAllByRole('combobox', { name: 'Choose a person' });
    await within(choice!).findByRole('option', { name: 'Mara Vogel' });
    await user.selectOptions(choice!, 'Mara Vogel');
    expect(history.location.search).toContain(member.id);
    expect(await screen.findByText('Step 0 of 4')).toBeVisible();
  });

  it('says when nothing touched a month', async () => {
    const { member } = recording();
    renderApp(`/audit/replay?ownerId=${member.id}&month=${addMonths(MONTH, -3)}`);
    expect(await screen.findByText(`Nothing touched ${formatMonth(addMonths(MONTH, -3))}`)).toBeVisible();
  });

  it('takes thousands of steps by the page, and fetches what the end needs when it is wanted', async () => {
    const { backend, member } = recording();
    const meal = { spentOn: `${MONTH}-20`, mealType: 'snacks' as const, tags: [], attendees: [] };
    for (let i = 0; i < 2_500; i++)
      backend.record(
        member,
        id(100 + i),
        { ...meal, amount: '1.00', currency: 'EUR', place: `Vending ${i}` },
        'api',
        instantAt(`${NEXT}-04`, '10:00'),
      );
    const { user } = renderApp(address({ ownerId: member.id }));
    expect(await screen.findByText('Step 0 of 2,504')).toBeVisible();
    const reads = () => backend.accesses.filter(({ path }) => path.endsWith('/steps')).length;
    const first = reads();
    await user.keyboard('{End}');
    expect(await screen.findByText(/of 2,504 steps are here/)).toBeVisible();
    await waitFor(() => expect(event()).toHaveTextContent('Vending 2499'), { timeout: 15_000 });
    expect(await report()).toHaveTextContent('€2,521.50');
    expect(reads() - first).toBe(12);
  });

  it('says so when further steps do not come, and tries again', async () => {
    const { backend, member } = recording();
    const meal = { spentOn: `${MONTH}-20`, mealType: 'snacks' as const, tags: [], attendees: [] };
    for (let i = 0; i < 300; i++)
      backend.record(
        member,
        id(100 + i),
        { ...meal, amount: '1.00', currency: 'EUR' },
        'api',
        instantAt(`${NEXT}-04`, '10:00'),
      );
    const { user } = renderApp(address({ ownerId: member.id }));
    expect(await screen.findByText('Step 0 of 304')).toBeVisible();
    let broken = true;
    server.use(
      refuse('get', '/expenses/steps', { type: '/problems/forbidden', status: 403 }, { while: () => broken }),
    );
    await user.keyboard('{End}');
    expect(await screen.findByText('The next steps could not be loaded.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await report()).toHaveTextContent('€321.50');
  });

  it('is a link away from an event, where it begins, and from the report', async () => {
    const { member } = recording();
    const { user, history } = renderApp(`/audit?subjectId=${id(1)}`);
    await user.click((await screen.findAllByRole('button', { name: /^Show event/ }))[0]!);
    await user.click(await screen.findByRole('link', { name: 'Replay this month from here' }));
    expect(await screen.findByText('Step 3 of 4')).toBeVisible();
    expect(event()).toHaveTextContent('“Typo in the amount”');

    history.push(`/reports?ownerId=${member.id}&from=${firstDay(MONTH)}&to=${lastDay(MONTH)}`);
    await user.click(await screen.findByRole('link', { name: 'Replay' }));
    expect(await screen.findByText('Step 0 of 4')).toBeVisible();
  });

  it('leads to the report as of the event', async () => {
    const { member } = recording();
    const { user } = renderApp(address({ ownerId: member.id }));
    await screen.findByText('Step 0 of 4');
    await user.keyboard('{ArrowRight}');
    await user.click(await screen.findByRole('link', { name: 'The report as of then' }));
    expect(await screen.findByRole('region', { name: 'The past' })).toBeVisible();
    expect(await screen.findByText('in 1 meal,', { exact: false })).toHaveTextContent('€12.50');
  });
});

import { MantineProvider } from '@mantine/core';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import type { ComponentType } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renew } from '@/api/renewal';
import { reload } from '@/lib/reload';
import { server } from '@/testing/server';
import { onDemand } from './on-demand';

vi.mock('@/lib/reload', () => ({ reload: vi.fn() }));

const missing = new TypeError('Failed to fetch dynamically imported module: /assets/part-1.js');
const gone = () => Promise.reject(missing);
const Part = () => <p>The part</p>;

/** The build of the page that is open, and of what the server hands out meanwhile. */
function builds(open: string, served: string) {
  document.head.innerHTML = `<script type="module" src="/assets/index-${open}.js"></script>`;
  const page = `<!doctype html><script type="module" crossorigin src="/assets/index-${served}.js"></script>`;
  server.use(http.get('*/', () => HttpResponse.html(page)));
}

function show(OnDemand: ComponentType) {
  return render(
    <MantineProvider>
      <input aria-label="Name" />
      <form data-kept>
        <input aria-label="Draft" />
      </form>
      <OnDemand />
    </MantineProvider>,
  );
}

const online = (is: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(is);
const user = userEvent.setup();

beforeEach(() => {
  vi.mocked(reload).mockClear();
  // React tells of every error that a boundary took
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  document.head.innerHTML = '';
  vi.restoreAllMocks();
});

describe('what is not to be had since an upgrade', () => {
  it('loads the page anew, without a word', async () => {
    builds('a', 'b');
    show(onDemand(gone, 'page'));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('does so once, and says what is the matter the second time, with a button', async () => {
    builds('a', 'b');
    const before = show(onDemand(gone, 'page'));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    before.unmount();

    show(onDemand(gone, 'page'));
    expect(await screen.findByRole('heading', { name: 'There is a new version' })).toBeVisible();
    expect(reload).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Reload the page' }));
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('does so once too where the server still has the same build', async () => {
    builds('a', 'a');
    const before = show(onDemand(gone, 'page'));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    before.unmount();
    show(onDemand(gone, 'page'));
    expect(await screen.findByRole('heading', { name: 'This part did not load' })).toBeVisible();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('does so again after the next upgrade, but not to and fro between servers of two builds', async () => {
    const outcomes = [];
    for (const [open, served] of ['ab', 'bc', 'cb', 'bc', 'cb'] as unknown as [string, string][]) {
      builds(open, served);
      outcomes.push((await renew()).state);
    }
    expect(outcomes).toEqual(['renewing', 'renewing', 'renewing', 'asking', 'asking']);
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it('does not do so where nothing can be remembered: that would have no end', async () => {
    builds('a', 'b');
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    show(onDemand(gone, 'page'));
    expect(await screen.findByRole('button', { name: 'Reload the page' })).toBeVisible();
    expect(reload).not.toHaveBeenCalled();
  });

  it('waits while something is typed that a reload would take away', async () => {
    builds('a', 'b');
    const { rerender } = show(() => null);
    await user.type(screen.getByLabelText('Name'), 'Mara');
    const OnDemand = onDemand(gone, 'over');
    rerender(
      <MantineProvider>
        <input aria-label="Name" />
        <OnDemand />
      </MantineProvider>,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(/did not save would be lost/);
    expect(screen.getByLabelText('Name')).toHaveValue('Mara');
    expect(reload).not.toHaveBeenCalled();
  });

  it('does not wait for a form that keeps what is typed, nor for one that was left', async () => {
    builds('a', 'b');
    const left = show(() => null);
    await user.type(screen.getByLabelText('Name'), 'Mara');
    left.unmount();
    show(() => null);
    await user.type(screen.getByLabelText('Draft'), 'Lunch');
    expect(await renew()).toEqual({ state: 'renewing' });
  });
});

describe('what cannot be fetched without a connection', () => {
  it('says so instead of loading the page anew, and is there once it is tried again', async () => {
    online(false);
    const load = vi.fn<() => Promise<ComponentType>>().mockImplementationOnce(gone).mockResolvedValue(Part);
    show(onDemand(load, 'page'));
    expect(await screen.findByRole('heading', { name: 'No connection' })).toBeVisible();
    expect(reload).not.toHaveBeenCalled();

    online(true);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('The part')).toBeVisible();
    expect(reload).not.toHaveBeenCalled();
  });

  it('is tried again by itself when the connection is back', async () => {
    online(false);
    const load = vi.fn<() => Promise<ComponentType>>().mockImplementationOnce(gone).mockResolvedValue(Part);
    show(onDemand(load, 'piece'));
    await screen.findByRole('heading', { name: 'No connection' });
    act(() => void window.dispatchEvent(new Event('online')));
    expect(await screen.findByText('The part')).toBeVisible();
  });

  it.each([
    ['nobody answers', () => HttpResponse.error()],
    ['the server is being replaced', () => new HttpResponse('busy', { status: 503 })],
    ['somebody else answers', () => HttpResponse.html('<h1>Sign in to this hotel</h1>')],
  ])('is known also where %s although there is a network', async (_, answer) => {
    builds('a', 'b');
    server.use(http.get('*/', answer));
    show(onDemand(gone, 'page'));
    expect(await screen.findByRole('heading', { name: 'No connection' })).toBeVisible();
    expect(reload).not.toHaveBeenCalled();
  });

  it('needs another page for a style sheet, which this one would not ask for again', async () => {
    online(false);
    const load = vi.fn(() => Promise.reject(new Error('Unable to preload CSS for /assets/part-1.css')));
    show(onDemand(load, 'page'));
    await screen.findByRole('heading', { name: 'No connection' });
    online(true);
    builds('a', 'a');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    expect(load).toHaveBeenCalledOnce();
  });
});

describe('a part that opens over the page', () => {
  it('can be closed when it is not to be had, and is asked for again when it is opened again', async () => {
    online(false);
    const load = vi
      .fn<() => Promise<ComponentType<{ opened: boolean; onClose: () => void }>>>()
      .mockImplementationOnce(gone)
      .mockResolvedValue(({ opened }) => (opened ? <p>The sheet</p> : null));
    const Sheet = onDemand(load, 'over');
    const onClose = vi.fn();
    const sheet = (opened: boolean) => (
      <MantineProvider>
        <Sheet opened={opened} onClose={onClose} />
      </MantineProvider>
    );
    const { rerender } = render(sheet(true));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledOnce();
    rerender(sheet(false));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    rerender(sheet(true));
    expect(await screen.findByText('The sheet')).toBeVisible();
  });
});

describe('what is fetched before anybody wants it', () => {
  it('disturbs nobody when it does not come, and is asked for again when it is wanted', async () => {
    builds('a', 'b');
    const load = vi.fn<() => Promise<ComponentType>>().mockImplementationOnce(gone).mockResolvedValue(Part);
    const OnDemand = onDemand(load, 'page');
    await OnDemand.preload();
    expect(reload).not.toHaveBeenCalled();
    show(OnDemand);
    expect(await screen.findByText('The part')).toBeVisible();
  });
});

it('leaves mistakes of the part itself to whoever is around it', async () => {
  const Broken = (): never => {
    throw new RangeError('a mistake of ours');
  };
  const OnDemand = onDemand(() => Promise.resolve(Broken), 'page');
  await OnDemand.preload();
  expect(() => show(OnDemand)).toThrow('a mistake of ours');
});

import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '@/app/app';

/** The whole application at an address, as a person would open it. */
export function renderApp(path: string) {
  const history = createMemoryHistory({ initialEntries: [path] });
  return { user: userEvent.setup(), history, ...render(<App history={history} />) };
}

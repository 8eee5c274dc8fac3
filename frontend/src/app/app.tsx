import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, type RouterHistory } from '@tanstack/react-router';
import { StrictMode, useState } from 'react';
import { createQueryClient } from '@/api/query-client';
import { onDemand } from '@/components/ui/on-demand';
import { createAppRouter } from './router';
import { cssVariables, theme } from './theme';

const Notifications = onDemand(() => import('@mantine/notifications').then((m) => m.Notifications), 'over');

/** Set by the server for this page; style sheets made at run time carry it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App({ history }: { history?: RouterHistory }) {
  const [queries] = useState(createQueryClient);
  const [router] = useState(() => createAppRouter(queries, history));
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce ?? ''}
      >
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-center" limit={3} zIndex={300} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}

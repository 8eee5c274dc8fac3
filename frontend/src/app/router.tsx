import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router';
import { abilitiesOf, meQuery, type Abilities } from '@/api/me';
import { canBePast } from '@/lib/as-of';
import { parseSearch, stringifySearch } from '@/lib/search-params';
import { Crashed } from './crashed';
import { NotFound } from './not-found';
import { Shell } from './shell';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('@/features/auth/components/sign-in-page'), 'SignInPage'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('@/features/auth/components/register-page'), 'RegisterPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/auth/components/set-up-page'), 'SetUpPage'),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  errorComponent: Crashed,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    return { me };
  },
});

type Load = () => Promise<Record<string, unknown>>;

function page(path: string, load: Load, component: string, needs: keyof Abilities) {
  return createRoute({
    getParentRoute: () => inside,
    path,
    component: lazyRouteComponent(load as never, component as never) as never,
    // who looks at the past goes on looking at it, on every page that can
    search: canBePast(path) ? { middlewares: [retainSearchParams(['asOf'] as never)] } : undefined,
    beforeLoad: ({ context }) => {
      const abilities = abilitiesOf(context.me);
      if (abilities[needs]) return;
      if (path === '/' && abilities.administer) throw redirect({ to: '/system' });
      throw redirect({ to: '/settings' });
    },
  });
}

const pages = [
  page('/', () => import('@/features/overview/components/overview-page'), 'OverviewPage', 'read'),
  page('/expenses', () => import('@/features/expenses/components/expenses-page'), 'ExpensesPage', 'read'),
  page('/bin', () => import('@/features/expenses/components/bin-page'), 'BinPage', 'write'),
  page('/reports', () => import('@/features/reports/components/reports-page'), 'ReportsPage', 'read'),
  page(
    '/categories',
    () => import('@/features/categories/components/categories-page'),
    'CategoriesPage',
    'write',
  ),
  page('/changes', () => import('@/features/past/components/changes-page'), 'ChangesPage', 'read'),
  page('/import', () => import('@/features/import/components/import-page'), 'ImportPage', 'write'),
  page('/audit', () => import('@/features/audit/components/audit-page'), 'AuditPage', 'audit'),
  page('/audit/figure', () => import('@/features/audit/components/figure-page'), 'FigurePage', 'audit'),
  page('/audit/replay', () => import('@/features/past/components/replay-page'), 'ReplayPage', 'audit'),
  page('/audit/accesses', () => import('@/features/audit/components/access-page'), 'AccessPage', 'oversee'),
  page('/system', () => import('@/features/system/components/system-page'), 'SystemPage', 'administer'),
  page(
    '/system/rebuilds',
    () => import('@/features/system/components/rebuilds-page'),
    'RebuildsPage',
    'administer',
  ),
  page(
    '/system/recovery',
    () => import('@/features/system/components/recovery-page'),
    'RecoveryPage',
    'administer',
  ),
  page(
    '/system/projections/$name/dead-letters',
    () => import('@/features/system/components/dead-letters-page'),
    'DeadLettersPage',
    'administer',
  ),
];
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/components/settings-page'), 'SettingsPage'),
});

const routeTree = root.addChildren([signIn, register, setup, inside.addChildren([...pages, settings])]);

export function createAppRouter(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
  });
}

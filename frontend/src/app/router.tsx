import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { abilitiesOf, meQuery, type Abilities } from '@/api/me';
import { onDemand } from '@/components/ui/on-demand';
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
  component: onDemand(
    () => import('@/features/auth/components/sign-in-page').then((m) => m.SignInPage),
    'page',
  ),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: onDemand(
    () => import('@/features/auth/components/register-page').then((m) => m.RegisterPage),
    'page',
  ),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: onDemand(
    () => import('@/features/auth/components/set-up-page').then((m) => m.SetUpPage),
    'page',
  ),
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

type Load = () => Promise<ComponentType>;

function page(path: string, load: Load, needs: keyof Abilities) {
  return createRoute({
    getParentRoute: () => inside,
    path,
    component: onDemand(load, 'page'),
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
  page('/', () => import('@/features/overview/components/overview-page').then((m) => m.OverviewPage), 'read'),
  page(
    '/expenses',
    () => import('@/features/expenses/components/expenses-page').then((m) => m.ExpensesPage),
    'read',
  ),
  page('/bin', () => import('@/features/expenses/components/bin-page').then((m) => m.BinPage), 'write'),
  page(
    '/reports',
    () => import('@/features/reports/components/reports-page').then((m) => m.ReportsPage),
    'read',
  ),
  page(
    '/categories',
    () => import('@/features/categories/components/categories-page').then((m) => m.CategoriesPage),
    'write',
  ),
  page(
    '/changes',
    () => import('@/features/past/components/changes-page').then((m) => m.ChangesPage),
    'read',
  ),
  page(
    '/import',
    () => import('@/features/import/components/import-page').then((m) => m.ImportPage),
    'write',
  ),
  page('/audit', () => import('@/features/audit/components/audit-page').then((m) => m.AuditPage), 'audit'),
  page(
    '/audit/figure',
    () => import('@/features/audit/components/figure-page').then((m) => m.FigurePage),
    'audit',
  ),
  page(
    '/audit/replay',
    () => import('@/features/past/components/replay-page').then((m) => m.ReplayPage),
    'audit',
  ),
  page(
    '/audit/accesses',
    () => import('@/features/audit/components/access-page').then((m) => m.AccessPage),
    'oversee',
  ),
  page(
    '/system',
    () => import('@/features/system/components/system-page').then((m) => m.SystemPage),
    'administer',
  ),
  page(
    '/system/rebuilds',
    () => import('@/features/system/components/rebuilds-page').then((m) => m.RebuildsPage),
    'administer',
  ),
  page(
    '/system/recovery',
    () => import('@/features/system/components/recovery-page').then((m) => m.RecoveryPage),
    'administer',
  ),
  page(
    '/system/projections/$name/dead-letters',
    () => import('@/features/system/components/dead-letters-page').then((m) => m.DeadLettersPage),
    'administer',
  ),
];
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: onDemand(
    () => import('@/features/settings/components/settings-page').then((m) => m.SettingsPage),
    'page',
  ),
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

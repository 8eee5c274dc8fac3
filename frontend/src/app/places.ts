import {
  IconChartBar,
  IconFileUpload,
  IconHome,
  IconListDetails,
  IconReceipt2,
  IconSettings,
  IconServerCog,
  IconTags,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { Abilities } from '@/api/me';

export interface Destination {
  to: string;
  name:
    'overview' | 'expenses' | 'reports' | 'categories' | 'import' | 'bin' | 'audit' | 'system' | 'settings';
  icon: Icon;
  needs?: keyof Abilities;
}

export const DESTINATIONS: Destination[] = [
  { to: '/', name: 'overview', icon: IconHome, needs: 'read' },
  { to: '/expenses', name: 'expenses', icon: IconReceipt2, needs: 'read' },
  { to: '/reports', name: 'reports', icon: IconChartBar, needs: 'read' },
  { to: '/categories', name: 'categories', icon: IconTags, needs: 'write' },
  { to: '/import', name: 'import', icon: IconFileUpload, needs: 'write' },
  { to: '/bin', name: 'bin', icon: IconTrash, needs: 'write' },
  { to: '/audit', name: 'audit', icon: IconListDetails, needs: 'audit' },
  { to: '/system', name: 'system', icon: IconServerCog, needs: 'administer' },
  { to: '/settings', name: 'settings', icon: IconSettings },
];

/** What the page at an address is called; a part of a place has a name of its own. */
export function titleKeyOf(path: string) {
  if (path === '/changes') return 'nav.changes';
  if (path === '/system/rebuilds') return 'nav.rebuilds';
  if (path === '/system/recovery') return 'nav.recovery';
  if (path === '/audit/replay') return 'nav.replay';
  if (path === '/audit/accesses') return 'nav.accesses';
  if (path === '/audit/figure') return 'nav.figure';
  if (path.startsWith('/system/projections/')) return 'nav.deadLetters';
  const place = DESTINATIONS.find(({ to }) => to === path);
  return place && (`nav.${place.name}` as const);
}

export function destinationsFor(abilities: Abilities): Destination[] {
  return DESTINATIONS.filter(({ needs }) => !needs || abilities[needs]);
}

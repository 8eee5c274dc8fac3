import { Button, Drawer, Menu, Modal, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useHotkeys, useNetwork } from '@mantine/hooks';
import {
  IconCloudOff,
  IconDots,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useIsFetching } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbilities, useMe } from '@/api/me';
import { session } from '@/api/session';
import { catchingUp } from '@/api/transport';
import { Logo } from '@/components/ui/logo';
import { useSignOut } from '@/features/auth/api/sign-in';
import { ExpenseDesk } from '@/features/expenses/components/expense-desk';
import { useStore } from '@/lib/store';
import { destinationsFor, type Destination } from './places';
import classes from './shell.module.css';

const Palette = lazy(() => import('./palette').then((m) => ({ default: m.Palette })));
const SignInAgain = lazy(() =>
  import('@/features/auth/components/sign-in-again').then((m) => ({ default: m.SignInAgain })),
);

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const abilities = useAbilities();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { setColorScheme, colorScheme } = useMantineColorScheme();
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const [more, setMore] = useState(false);
  const expired = useStore(session) === 'expired';
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = destinationsFor(abilities);
  const main = places.filter(({ name }) => name !== 'settings');
  const barPlaces = places.slice(0, abilities.write ? 3 : 3);

  const add = () =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, add: '1' })) as never,
      resetScroll: false,
    });
  const findExpense = () => {
    const focus = () => document.getElementById('expense-search')?.focus();
    if (path === '/expenses') focus();
    else void navigate({ to: '/expenses' }).then(() => setTimeout(focus, 50));
  };
  const leave = () => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/sign-in' }) });

  useHotkeys([
    ['mod+K', () => setPalette(true)],
    ['n', () => abilities.write && add()],
    ['/', () => abilities.read && findExpense()],
    ['shift+?', () => setKeys(true)],
    ['?', () => setKeys(true)],
  ]);

  useEffect(() => setMore(false), [path]);
  const title = places.find(({ to }) => to === path)?.name;
  useEffect(() => {
    document.title = title ? `${t(`nav.${title}`)} · ${t('app.name')}` : t('app.name');
  }, [title, t]);

  const accountMenu = (
    <Menu.Dropdown>
      <Menu.Label>{me.email}</Menu.Label>
      <Menu.Item component={Link} to="/settings">
        {t('nav.settings')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={colorScheme === 'dark' ? <IconSun size={17} /> : <IconMoon size={17} />}
        onClick={() => setColorScheme(isDark() ? 'light' : 'dark')}
      >
        {t('settings.switchTheme')}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard size={17} />} onClick={() => setKeys(true)}>
        {t('keys.title')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={17} />} onClick={leave}>
        {t('auth.signOut')}
      </Menu.Item>
    </Menu.Dropdown>
  );

  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip}>
        {t('app.skip')}
      </a>
      <nav className={`${classes.rail} no-print`} aria-label={t('nav.label')}>
        <Link to="/" className={classes.brand}>
          <Logo />
        </Link>
        {abilities.write && (
          <Button
            fullWidth
            leftSection={<IconPlus size={18} />}
            onClick={add}
            className={classes.add}
            justify="flex-start"
          >
            {t('add.button')}
            <kbd className={classes.addKey}>N</kbd>
          </Button>
        )}
        <UnstyledButton className={classes.find} onClick={() => setPalette(true)}>
          <IconSearch size={17} />
          <span>{t('palette.button')}</span>
          <kbd>{MODIFIER} K</kbd>
        </UnstyledButton>
        <ul className={classes.links}>
          {main.map((place) => (
            <li key={place.to}>
              <RailLink place={place} />
            </li>
          ))}
        </ul>
        <Menu position="top-start" width={216}>
          <Menu.Target>
            <UnstyledButton className={classes.account}>
              <span className={classes.initials} aria-hidden>
                {initials(me.displayName)}
              </span>
              <span className={classes.who}>
                <span>{me.displayName}</span>
                <span className={classes.role}>
                  {abilities.audit ? t('role.AUDITOR') : abilities.administer ? t('role.ADMIN') : me.email}
                </span>
              </span>
            </UnstyledButton>
          </Menu.Target>
          {accountMenu}
        </Menu>
      </nav>

      <main id="main" className={classes.main} tabIndex={-1}>
        <NetworkNote />
        <Outlet />
      </main>

      <nav className={`${classes.bar} no-print`} aria-label={t('nav.label')}>
        {barPlaces.slice(0, 2).map((place) => (
          <BarLink key={place.to} place={place} />
        ))}
        {abilities.write && (
          <button type="button" className={classes.plus} onClick={add} aria-label={t('add.button')}>
            <IconPlus size={28} />
          </button>
        )}
        {barPlaces.slice(2, 3).map((place) => (
          <BarLink key={place.to} place={place} />
        ))}
        <button
          type="button"
          className={classes.barLink}
          onClick={() => setMore(true)}
          aria-haspopup="dialog"
        >
          <IconDots size={23} stroke={1.7} />
          {t('nav.more')}
        </button>
      </nav>

      <Drawer
        opened={more}
        onClose={() => setMore(false)}
        position="bottom"
        size="auto"
        title={me.displayName}
        radius="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <ul className={classes.sheet}>
          {places.slice(3).map((place) => (
            <li key={place.to}>
              <RailLink place={place} />
            </li>
          ))}
          <li>
            <UnstyledButton
              className={classes.link}
              onClick={() => {
                setMore(false);
                setPalette(true);
              }}
            >
              <IconSearch size={20} stroke={1.7} /> {t('palette.button')}
            </UnstyledButton>
          </li>
          <li>
            <UnstyledButton className={classes.link} onClick={leave}>
              <IconLogout size={20} stroke={1.7} /> {t('auth.signOut')}
            </UnstyledButton>
          </li>
        </ul>
      </Drawer>

      <Modal
        opened={keys}
        onClose={() => setKeys(false)}
        title={t('keys.title')}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <dl className={classes.keys}>
          {abilities.write && <Key keys={['n']} does={t('keys.add')} />}
          {abilities.read && <Key keys={['/']} does={t('keys.search')} />}
          <Key keys={[MODIFIER, 'K']} does={t('keys.palette')} />
          <Key keys={['?']} does={t('keys.help')} />
          <Key keys={['Enter']} does={t('keys.save')} />
          <Key keys={['Esc']} does={t('keys.close')} />
        </dl>
      </Modal>

      <ExpenseDesk />
      <Suspense fallback={null}>
        {palette && (
          <Palette opened onClose={() => setPalette(false)} onAdd={add} onKeys={() => setKeys(true)} />
        )}
        {expired && <SignInAgain />}
      </Suspense>
    </div>
  );
}

function isDark(): boolean {
  return document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

function RailLink({ place }: { place: Destination }) {
  const { t } = useTranslation();
  return (
    <Link
      to={place.to}
      className={classes.link}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      activeProps={{ 'data-active': true }}
    >
      <place.icon size={20} stroke={1.7} />
      {t(`nav.${place.name}`)}
    </Link>
  );
}

function BarLink({ place }: { place: Destination }) {
  const { t } = useTranslation();
  return (
    <Link
      to={place.to}
      className={classes.barLink}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      activeProps={{ 'data-active': true }}
    >
      <place.icon size={23} stroke={1.7} />
      {t(`nav.${place.name}`)}
    </Link>
  );
}

function Key({ keys, does }: { keys: string[]; does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}

/** Offline, or the numbers are still coming in: said once, quietly, for the whole page. */
function NetworkNote() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const waiting = useStore(catchingUp) > 0;
  const fetching = useIsFetching() > 0;
  if (!online) {
    return (
      <div className={classes.note} role="status">
        <IconCloudOff size={17} /> {t('problem.offlineNote')}
      </div>
    );
  }
  if (waiting && fetching) {
    return (
      <div className={classes.note} role="status">
        {t('problem.catchingUp')}
      </div>
    );
  }
  return null;
}

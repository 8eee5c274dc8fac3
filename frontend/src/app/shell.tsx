import { Button, UnstyledButton } from '@mantine/core';
import { useHotkeys, useNetwork } from '@mantine/hooks';
import { IconCloudOff, IconDots, IconHistory, IconPlus, IconSearch } from '@tabler/icons-react';
import { useIsFetching } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbilities, useMe } from '@/api/me';
import { session } from '@/api/session';
import { catchingUp } from '@/api/transport';
import { Changing, useReadOnly } from '@/components/ui/changing';
import { Logo } from '@/components/ui/logo';
import { onDemand } from '@/components/ui/on-demand';
import { useSignOut } from '@/features/auth/api/sign-in';
import { ExpenseDesk } from '@/features/expenses/components/expense-desk';
import { PastGate } from '@/features/past/components/past-gate';
import { Ribbon } from '@/features/past/components/ribbon';
import { usePast, useTravel } from '@/lib/as-of';
import { formatMoment } from '@/lib/instants';
import { useStore } from '@/lib/store';
import { ClosedBanner } from './closed-banner';
import { destinationsFor, titleKeyOf, type Destination } from './places';
import { MODIFIER, RailLink } from './rail-link';
import classes from './shell.module.css';

const Palette = onDemand(() => import('./palette').then((m) => m.Palette), 'over');
const AccountMenu = onDemand(() => import('./shell-overlays').then((m) => m.AccountMenu), 'over');
const MoreSheet = onDemand(() => import('./shell-overlays').then((m) => m.MoreSheet), 'over');
const KeysHelp = onDemand(() => import('./shell-overlays').then((m) => m.KeysHelp), 'over');
const MomentDialog = onDemand(
  () => import('@/features/past/components/moment-dialog').then((m) => m.MomentDialog),
  'over',
);
const SignInAgain = onDemand(
  () => import('@/features/auth/components/sign-in-again').then((m) => m.SignInAgain),
  'over',
);

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const abilities = useAbilities();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const [more, setMore] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [account, setAccount] = useState(false);
  const accountButton = useRef<HTMLButtonElement>(null);
  const { asOf } = usePast();
  const travel = useTravel();
  const readOnly = useReadOnly();
  const expired = useStore(session) === 'expired';
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = destinationsFor(abilities);
  const main = places.filter(({ name }) => name !== 'settings');
  const barPlaces = places.slice(0, abilities.write ? 3 : 3);

  const add = () => {
    if (readOnly) return readOnly.explain();
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, add: '1' })) as never,
      resetScroll: false,
    });
  };
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
    ['t', () => abilities.read && setChoosing(true)],
    ['shift+?', () => setKeys(true)],
    ['?', () => setKeys(true)],
  ]);

  useEffect(() => setMore(false), [path]);
  const title = titleKeyOf(path);
  useEffect(() => {
    const parts = [
      asOf && `${t('asOf.label')} ${formatMoment(asOf, 'short')}`,
      title && t(title),
      t('app.name'),
    ];
    document.title = parts.filter(Boolean).join(' · ');
  }, [asOf, title, t]);

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
          <Changing>
            <Button
              fullWidth
              leftSection={<IconPlus size={18} />}
              onClick={add}
              className={classes.add}
              justify="flex-start"
            >
              {t('add.button')}
              <kbd className={classes.addKey} aria-hidden>
                N
              </kbd>
            </Button>
          </Changing>
        )}
        <UnstyledButton className={classes.find} onClick={() => setPalette(true)}>
          <IconSearch size={17} />
          <span>{t('palette.button')}</span>
          <kbd aria-hidden>{MODIFIER} K</kbd>
        </UnstyledButton>
        <ul className={classes.links}>
          {main.map((place) => (
            <li key={place.to}>
              <RailLink place={place} />
            </li>
          ))}
        </ul>
        {abilities.read && (
          <UnstyledButton
            className={classes.link}
            data-past={asOf ? true : undefined}
            aria-haspopup="dialog"
            onClick={() => setChoosing(true)}
          >
            <IconHistory size={20} stroke={1.7} />
            {t('asOf.open')}
            <kbd className={classes.key} aria-hidden>
              T
            </kbd>
          </UnstyledButton>
        )}
        <UnstyledButton
          className={classes.account}
          aria-haspopup="menu"
          aria-expanded={account}
          ref={accountButton}
          onClick={() => setAccount(!account)}
        >
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
      </nav>

      <main id="main" className={classes.main} tabIndex={-1}>
        <ClosedBanner here={path === '/system/recovery'} />
        <Ribbon onChange={() => setChoosing(true)} />
        <NetworkNote write={abilities.write} past={asOf !== undefined} />
        <PastGate onChange={() => setChoosing(true)}>
          <Outlet />
        </PastGate>
      </main>

      <nav className={`${classes.bar} no-print`} aria-label={t('nav.label')}>
        {barPlaces.slice(0, 2).map((place) => (
          <BarLink key={place.to} place={place} />
        ))}
        {abilities.write && (
          <Changing>
            <button type="button" className={classes.plus} onClick={add} aria-label={t('add.button')}>
              <IconPlus size={28} />
            </button>
          </Changing>
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

      <ExpenseDesk />
      {palette && (
        <Palette
          opened
          onClose={() => setPalette(false)}
          onAdd={add}
          onTravel={() => setChoosing(true)}
          onKeys={() => setKeys(true)}
        />
      )}
      {expired && <SignInAgain />}
      {account && (
        <AccountMenu
          target={accountButton}
          onClose={() => setAccount(false)}
          onKeys={() => setKeys(true)}
          onSignOut={leave}
        />
      )}
      {more && (
        <MoreSheet
          places={places.slice(3)}
          onClose={() => setMore(false)}
          onFind={() => {
            setMore(false);
            setPalette(true);
          }}
          onTravel={
            abilities.read
              ? () => {
                  setMore(false);
                  setChoosing(true);
                }
              : undefined
          }
          onSignOut={leave}
        />
      )}
      {choosing && (
        <MomentDialog
          title={t('asOf.title')}
          lead={t('asOf.lead')}
          submit={t('asOf.show')}
          initial={asOf}
          onClose={() => setChoosing(false)}
          onChoose={(instant) => {
            setChoosing(false);
            travel(instant);
          }}
        />
      )}
      {keys && <KeysHelp onClose={() => setKeys(false)} />}
    </div>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase();
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

/** Offline, or the numbers are still coming in: said once, quietly, for the whole page. */
function NetworkNote({ write, past }: { write: boolean; past: boolean }) {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const waiting = useStore(catchingUp) > 0;
  const fetching = useIsFetching() > 0;
  if (!online) {
    return (
      <div className={classes.note} role="status">
        <IconCloudOff size={17} /> {t(write ? 'problem.offlineNote' : 'problem.offlineNoteReading')}
      </div>
    );
  }
  if (waiting && fetching) {
    return (
      <div className={classes.note} role="status">
        {past ? t('asOf.behind') : t('problem.catchingUp')}
      </div>
    );
  }
  return null;
}

import { Drawer, Menu, Modal, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconHistory,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbilities, useMe } from '@/api/me';
import type { Destination } from './places';
import { MODIFIER, RailLink } from './rail-link';
import classes from './shell.module.css';

/** What opens over the shell, loaded when first wanted. */
interface AccountMenuProps {
  target: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  onKeys: () => void;
  onSignOut: () => void;
}

export function AccountMenu({ target, onClose, onKeys, onSignOut }: AccountMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const dark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
  const box = target.current?.getBoundingClientRect();
  return (
    <Menu opened onClose={onClose} position="top-start" width={216} returnFocus>
      <Menu.Target>
        <span
          aria-hidden
          style={{
            position: 'fixed',
            left: box?.left,
            top: box?.top,
            width: box?.width,
            height: box?.height,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('nav.account')}>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={17} />}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMoon size={17} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {t('settings.switchTheme')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={17} />} onClick={onKeys}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} />} onClick={onSignOut}>
          {t('auth.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface MoreSheetProps {
  places: Destination[];
  onClose: () => void;
  onFind: () => void;
  onTravel?: () => void;
  onSignOut: () => void;
}

/** The places that do not fit into a phone's bar. */
export function MoreSheet({ places, onClose, onFind, onTravel, onSignOut }: MoreSheetProps) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      styles={{
        inner: { alignItems: 'flex-end' },
        content: { height: 'auto', flex: '1 1 100%', borderRadius: '20px 20px 0 0' },
      }}
      title={me.displayName}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ul className={classes.sheet}>
        {places.map((place) => (
          <li key={place.to}>
            <RailLink place={place} />
          </li>
        ))}
        <li>
          <UnstyledButton className={classes.link} onClick={onFind}>
            <IconSearch size={20} stroke={1.7} /> {t('palette.button')}
          </UnstyledButton>
        </li>
        {onTravel && (
          <li>
            <UnstyledButton className={classes.link} onClick={onTravel}>
              <IconHistory size={20} stroke={1.7} /> {t('asOf.open')}
            </UnstyledButton>
          </li>
        )}
        <li>
          <UnstyledButton className={classes.link} onClick={onSignOut}>
            <IconLogout size={20} stroke={1.7} /> {t('auth.signOut')}
          </UnstyledButton>
        </li>
      </ul>
    </Drawer>
  );
}

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const abilities = useAbilities();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <dl className={classes.keys}>
        {abilities.write && <Key keys={['n']} does={t('keys.add')} />}
        {abilities.read && <Key keys={['/']} does={t('keys.search')} />}
        {abilities.read && <Key keys={['t']} does={t('keys.travel')} />}
        {abilities.write && <Key keys={['Shift', 'Enter']} does={t('keys.choose')} />}
        {abilities.write && <Key keys={[MODIFIER, 'Z']} does={t('keys.undo')} />}
        <Key keys={[MODIFIER, 'K']} does={t('keys.palette')} />
        <Key keys={['?']} does={t('keys.help')} />
        <Key keys={['Enter']} does={t('keys.save')} />
        <Key keys={['Esc']} does={t('keys.close')} />
      </dl>
    </Modal>
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

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Destination } from './places';
import classes from './shell.module.css';

export const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export function RailLink({ place }: { place: Destination }) {
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

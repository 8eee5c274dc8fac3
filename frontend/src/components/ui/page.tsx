import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface Props {
  /** Over the title: the way back to where this page belongs. */
  above?: ReactNode;
  title: ReactNode;
  /** A quiet line under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  width?: 'text' | 'normal' | 'wide';
}

export function Page({ above, title, lead, actions, children, width = 'normal' }: Props) {
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.header}>
        <div className={classes.words}>
          {above}
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={`${classes.actions} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={`${classes.back} no-print`}>
      <IconChevronLeft size={18} aria-hidden />
      {children}
    </Link>
  );
}

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <section className={[classes.card, className].filter(Boolean).join(' ')}>{children}</section>;
}

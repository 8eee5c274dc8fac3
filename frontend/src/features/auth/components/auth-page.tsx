import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Logo } from '@/components/ui/logo';
import { useProblemText } from '@/components/ui/states';
import classes from './auth-page.module.css';

interface Props {
  title: string;
  lead?: string;
  error?: unknown;
  children: ReactNode;
  footer?: ReactNode;
}

export function AuthPage({ title, lead, error, children, footer }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame}>
      <aside className={classes.promise}>
        <Logo light />
        <p className={classes.headline}>{t('auth.promise')}</p>
        <ul className={classes.points}>
          <li>{t('auth.point1')}</li>
          <li>{t('auth.point2')}</li>
          <li>{t('auth.point3')}</li>
        </ul>
      </aside>
      <main className={classes.main}>
        <div className={classes.box}>
          <div className={classes.small}>
            <Logo />
          </div>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
          <FormProblem error={error} />
          {children}
          {footer && <p className={classes.footer}>{footer}</p>}
        </div>
      </main>
    </div>
  );
}

/** What cannot be shown beside one field. */
export function FormProblem({ error }: { error?: unknown }) {
  const text = useProblemText();
  if (!error || (error instanceof Problem && error.errors.length > 0)) return null;
  return (
    <Alert color="tomato" variant="light" mb="md" role="alert">
      {text(error)}
    </Alert>
  );
}

import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { one } from '@/lib/search-params';
import { AuthPage } from './auth-page';
import { SignInForm } from './sign-in-form';
import { useSignIn } from '../api/sign-in';

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const signIn = useSignIn();
  const next = one(search.next);
  return (
    <AuthPage
      title={t('auth.signInTitle')}
      lead={t('auth.signInLead')}
      error={signIn.error}
      footer={
        <>
          {t('auth.noAccount')} <Link to="/register">{t('auth.register')}</Link>
        </>
      }
    >
      <SignInForm
        busy={signIn.isPending}
        onSubmit={async (credentials) => {
          await signIn.mutateAsync(credentials).then(
            () =>
              navigate({ href: next?.startsWith('/') && !next.startsWith('//') ? next : '/', replace: true }),
            () => undefined,
          );
        }}
      />
    </AuthPage>
  );
}

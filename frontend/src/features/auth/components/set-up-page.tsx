import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { one } from '@/lib/search-params';
import { AuthPage } from './auth-page';
import { RegistrationForm } from './registration-form';
import { useSetUp } from '../api/set-up';
import { useSignIn } from '../api/sign-in';

/** Opened once by the link that the first start prints. */
export function SetUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const token = one(search.token);
  const setUp = useSetUp();
  const signIn = useSignIn();
  const used = isProblem(setUp.error) && setUp.error.status === 410;
  if (!token || used) {
    return (
      <AuthPage title={t('setup.usedTitle')} lead={t('setup.usedLead')}>
        <Button component={Link} to="/sign-in">
          {t('auth.signIn')}
        </Button>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('setup.title')} lead={t('setup.lead')} error={setUp.error ?? signIn.error}>
      <RegistrationForm
        busy={setUp.isPending || signIn.isPending}
        error={setUp.error}
        submitLabel={t('setup.submit')}
        onSubmit={async (registration) => {
          try {
            await setUp.mutateAsync({ ...registration, token });
            await signIn.mutateAsync({ email: registration.email, password: registration.password });
            await navigate({ to: '/', replace: true });
          } catch {
            // shown by the form
          }
        }}
      />
    </AuthPage>
  );
}

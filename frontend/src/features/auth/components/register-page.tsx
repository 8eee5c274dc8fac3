import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AuthPage } from './auth-page';
import { RegistrationForm } from './registration-form';
import { useRegister } from '../api/register';
import { useSignIn } from '../api/sign-in';

export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const register = useRegister();
  const signIn = useSignIn();
  return (
    <AuthPage
      title={t('auth.registerTitle')}
      lead={t('auth.registerLead')}
      error={register.error ?? signIn.error}
      footer={
        <>
          {t('auth.haveAccount')} <Link to="/sign-in">{t('auth.signIn')}</Link>
        </>
      }
    >
      <RegistrationForm
        busy={register.isPending || signIn.isPending}
        error={register.error}
        submitLabel={t('auth.register')}
        onSubmit={async (registration) => {
          try {
            await register.mutateAsync(registration);
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

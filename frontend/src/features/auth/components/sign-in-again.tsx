import { Button, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { session } from '@/api/session';
import { useStore } from '@/lib/store';
import { FormProblem } from './auth-page';
import { SignInForm } from './sign-in-form';
import { useSignIn } from '../api/sign-in';

/** Over whatever the person was doing: the page underneath keeps everything and goes on afterwards. */
export function SignInAgain() {
  const { t } = useTranslation();
  const expired = useStore(session) === 'expired';
  const me = useMe();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const leave = () => {
    session.set('out');
    void navigate({ to: '/sign-in' });
  };
  return (
    <Modal
      opened={expired}
      onClose={leave}
      title={t('auth.againTitle')}
      centered
      zIndex={400}
      withCloseButton={false}
      closeOnClickOutside={false}
    >
      <p style={{ marginTop: 0 }}>{t('auth.againLead')}</p>
      <FormProblem error={signIn.error} />
      {expired && (
        <SignInForm
          email={me.email}
          busy={signIn.isPending}
          onSubmit={async (credentials) => {
            await signIn.mutateAsync(credentials).catch(() => undefined);
          }}
        />
      )}
      <Button variant="subtle" color="gray" fullWidth mt="sm" onClick={leave}>
        {t('auth.signOut')}
      </Button>
    </Modal>
  );
}

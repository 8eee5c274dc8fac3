import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Credentials } from '../api/sign-in';

interface Props {
  busy: boolean;
  email?: string;
  onSubmit: (credentials: Credentials) => Promise<void>;
}

export function SignInForm({ busy, email, onSubmit }: Props) {
  const { t } = useTranslation();
  const { register, handleSubmit, formState } = useForm<Credentials>({
    defaultValues: { email: email ?? '', password: '' },
  });
  const required = t('form.required');
  return (
    <form onSubmit={handleSubmit(onSubmit)} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus={!email}
          error={formState.errors.email?.message}
          {...register('email', { required })}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          autoFocus={Boolean(email)}
          error={formState.errors.password?.message}
          {...register('password', { required })}
        />
        <Button type="submit" loading={busy} mt="xs">
          {t('auth.signIn')}
        </Button>
      </Stack>
    </form>
  );
}

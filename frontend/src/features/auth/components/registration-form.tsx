import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { useServerErrors } from '@/components/ui/server-errors';
import type { Registration } from '../api/register';

interface Props {
  busy: boolean;
  error: unknown;
  submitLabel: string;
  onSubmit: (registration: Registration) => Promise<void>;
}

const FIELDS = ['displayName', 'email', 'password'] as const;

export function RegistrationForm({ busy, error, submitLabel, onSubmit }: Props) {
  const { t } = useTranslation();
  const { register, handleSubmit, formState, setError } = useForm<Registration>({
    defaultValues: { displayName: '', email: '', password: '' },
  });
  useServerErrors(error instanceof Problem ? error : undefined, FIELDS, setError);
  const required = t('form.required');
  const { errors } = formState;
  return (
    <form onSubmit={handleSubmit(onSubmit)} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('auth.displayName')}
          autoComplete="name"
          autoFocus
          error={errors.displayName?.message}
          {...register('displayName', { required })}
        />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          error={errors.email?.message}
          {...register('email', { required, pattern: { value: /^\S+@\S+$/, message: t('form.email') } })}
        />
        <PasswordInput
          label={t('auth.password')}
          description={t('auth.passwordHint')}
          autoComplete="new-password"
          error={errors.password?.message}
          {...register('password', {
            required,
            minLength: { value: 12, message: t('form.passwordShort') },
            maxLength: { value: 128, message: t('form.passwordLong') },
          })}
        />
        <Button type="submit" loading={busy} mt="xs">
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}

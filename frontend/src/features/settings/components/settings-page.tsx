import { Alert, Button, PasswordInput, SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core';
import { toast } from '@/components/ui/toast';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { Problem } from '@/api/problem';
import { ROLES } from '@/api/types';
import { Card, Page } from '@/components/ui/page';
import { useServerErrors } from '@/components/ui/server-errors';
import { useProblemText } from '@/components/ui/states';
import { currencyName } from '@/lib/money';
import { useChangePassword, type PasswordChange } from '../api/change-password';
import classes from './settings-page.module.css';

export function SettingsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title={t('nav.settings')} width="text">
      <Stack gap="md">
        <Card>
          <h2 className={classes.title}>{t('settings.appearance')}</h2>
          <SegmentedControl
            size="md"
            fullWidth
            aria-label={t('settings.appearance')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
            data={[
              { value: 'light', label: t('settings.light') },
              { value: 'dark', label: t('settings.dark') },
              { value: 'auto', label: t('settings.auto') },
            ]}
          />
        </Card>
        <Card>
          <h2 className={classes.title}>{t('settings.account')}</h2>
          <dl className={classes.facts}>
            <dt>{t('auth.displayName')}</dt>
            <dd>{me.displayName}</dd>
            <dt>{t('auth.email')}</dt>
            <dd>{me.email}</dd>
            <dt>{t('settings.roles')}</dt>
            <dd>
              {ROLES.filter((role) => me.roles.includes(role))
                .map((role) => t(`role.${role}`))
                .join(', ')}
            </dd>
            <dt>{t('form.currency')}</dt>
            <dd>
              {me.currency} · {currencyName(me.currency)}
            </dd>
            <dt>{t('field.zone')}</dt>
            <dd>{me.zone.replaceAll('_', ' ')}</dd>
          </dl>
        </Card>
        <Card>
          <h2 className={classes.title}>{t('settings.password')}</h2>
          <PasswordForm />
        </Card>
      </Stack>
    </Page>
  );
}

interface Values extends PasswordChange {
  repeated: string;
}
const FIELDS = ['currentPassword', 'newPassword'] as const;

function PasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const problemText = useProblemText();
  const change = useChangePassword();
  const { register, handleSubmit, formState, setError, reset, getValues } = useForm<Values>({
    defaultValues: { currentPassword: '', newPassword: '', repeated: '' },
  });
  const problem = change.error instanceof Problem ? change.error : undefined;
  useServerErrors(problem, FIELDS, setError);
  const required = t('form.required');
  const { errors } = formState;
  return (
    <form
      noValidate
      onSubmit={handleSubmit(({ currentPassword, newPassword }) =>
        change.mutate(
          { currentPassword, newPassword },
          {
            onSuccess: () => {
              reset();
              toast.show({ message: t('settings.passwordChanged') });
            },
          },
        ),
      )}
    >
      <Stack gap="md">
        {problem && problem.errors.length === 0 && (
          <Alert color="tomato" variant="light" role="alert">
            {problemText(problem)}
          </Alert>
        )}
        <input type="text" hidden readOnly autoComplete="username" value={me.email} />
        <PasswordInput
          label={t('settings.currentPassword')}
          autoComplete="current-password"
          error={errors.currentPassword?.message}
          {...register('currentPassword', { required })}
        />
        <PasswordInput
          label={t('settings.newPassword')}
          description={t('auth.passwordHint')}
          autoComplete="new-password"
          error={errors.newPassword?.message}
          {...register('newPassword', {
            required,
            minLength: { value: 12, message: t('form.passwordShort') },
            maxLength: { value: 128, message: t('form.passwordLong') },
          })}
        />
        <PasswordInput
          label={t('settings.repeatPassword')}
          autoComplete="new-password"
          error={errors.repeated?.message}
          {...register('repeated', {
            validate: (value) => value === getValues('newPassword') || t('settings.passwordsDiffer'),
          })}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('settings.changePassword')}
        </Button>
      </Stack>
    </form>
  );
}

import { useTranslation } from 'react-i18next';

/** Seconds as people say them: "0.8 s", "42 s", "3 min 05 s", "1 h 20 min". */
export function useDuration(): (seconds: number) => string {
  const { t } = useTranslation();
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value);
  return (seconds) => {
    if (seconds < 10) return t('rebuild.seconds', { formatted: number(seconds, 1) });
    const whole = Math.round(seconds);
    if (whole < 60) return t('rebuild.seconds', { formatted: number(whole) });
    if (whole < 3600) return t('rebuild.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
    return t('rebuild.hours', { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) });
  };
}

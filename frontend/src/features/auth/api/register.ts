import { useMutation } from '@tanstack/react-query';
import { answer, commandApi } from '@/api/client';
import { locale } from '@/lib/locale';

export interface Registration {
  email: string;
  password: string;
  displayName: string;
}

/** The currency people of this region pay with, as far as the browser lets us know the region. */
export function likelyCurrency(): string {
  const region = new Intl.Locale(locale()).maximize().region ?? '';
  const byRegion: Record<string, string> = {
    US: 'USD',
    GB: 'GBP',
    CH: 'CHF',
    JP: 'JPY',
    SE: 'SEK',
    NO: 'NOK',
    DK: 'DKK',
    PL: 'PLN',
    CZ: 'CZK',
    CA: 'CAD',
    AU: 'AUD',
    NZ: 'NZD',
    IN: 'INR',
    BR: 'BRL',
    MX: 'MXN',
    CN: 'CNY',
    KR: 'KRW',
    SG: 'SGD',
    HK: 'HKD',
    ZA: 'ZAR',
  };
  return byRegion[region] ?? 'EUR';
}

async function register(registration: Registration) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  await answer(
    commandApi.POST('/api/v1/auth/register', { body: { ...registration, currency: likelyCurrency(), zone } }),
  );
}

export function useRegister() {
  return useMutation({ mutationFn: register });
}

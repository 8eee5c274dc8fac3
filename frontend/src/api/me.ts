import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, commandApi } from './client';
import { isProblem } from './problem';
import { session } from './session';
import type { Account } from './types';

async function fetchMe(): Promise<Account | null> {
  try {
    const { data } = await answer(commandApi.GET('/api/v1/auth/me'));
    session.set('in');
    return data;
  } catch (error) {
    if (!isProblem(error) || error.status !== 401) throw error;
    session.set('out');
    return null;
  }
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: fetchMe, staleTime: Infinity });

/** Who is signed in. Only for screens behind the sign-in, where somebody always is. */
export function useMe(): Account {
  const { data } = useQuery(meQuery);
  return data ?? NOBODY;
}

const NOBODY: Account = { id: '', email: '', displayName: '', roles: [], currency: 'EUR', zone: 'UTC' };

export interface Abilities {
  /** Has expenses of their own, to enter and change. */
  write: boolean;
  /** Sees expenses at all. */
  read: boolean;
  audit: boolean;
  /** Sees who read what. */
  oversee: boolean;
  administer: boolean;
}

export function abilitiesOf(account: Account): Abilities {
  const auditor = account.roles.includes('AUDITOR');
  const admin = account.roles.includes('ADMIN');
  const member = account.roles.includes('MEMBER');
  return {
    write: member && !auditor,
    read: member || auditor,
    audit: auditor,
    oversee: auditor || admin,
    administer: admin,
  };
}

export function useAbilities(): Abilities {
  return abilitiesOf(useMe());
}

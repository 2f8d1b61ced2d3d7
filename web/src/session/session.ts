import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import * as client from '../api/client';
import { isProblem } from '../api/problem';
import { keys } from '../api/queries';
import type { User } from '../api/types';

export const UserContext = createContext<User | null>(null);

/** Who is logged in; for pages, which are only shown to somebody who is. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (!user) throw new Error('This page is shown without a session');
  return user;
}

/** Null when nobody is logged in. */
export const useSession = () =>
  useQuery<User | null>({
    queryKey: keys.me,
    queryFn: ({ signal }) =>
      client.me(signal).catch((error: unknown) => {
        if (isProblem(error, 401)) return null;
        throw error;
      }),
    staleTime: Infinity,
    gcTime: Infinity,
  });

export function useLogin() {
  const cache = useQueryClient();
  return async (name: string, password: string): Promise<void> => {
    const user = await client.login(name, password);
    // What the last user saw is not for this one; a draft of this one's own is.
    cache.removeQueries({
      predicate: ({ queryKey: [kind, owner] }) =>
        kind !== keys.me[0] && !(kind === keys.keptDraft(user.name)[0] && owner === user.name),
    });
    cache.setQueryData(keys.me, user);
  };
}

export function useLogout() {
  const cache = useQueryClient();
  return async (): Promise<void> => {
    await client.logout();
    cache.setQueryData(keys.me, null);
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
  };
}

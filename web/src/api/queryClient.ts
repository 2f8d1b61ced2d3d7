import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem, Problem } from './problem';
import { keys } from './queries';

/** Answers that asking again will not change. */
const final = (error: Error): boolean =>
  error instanceof Problem && error.status >= 400 && error.status < 500;

/** One client for a page's life. A 401 from anywhere means that the session is over. */
export function newQueryClient(): QueryClient {
  const sessionOver = (error: Error) => {
    // On the page to log in nobody is logged in, and a 401 only means a wrong password.
    if (isProblem(error, 401) && client.getQueryData(keys.me)) client.setQueryData(keys.me, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: sessionOver }),
    mutationCache: new MutationCache({ onError: sessionOver }),
    defaultOptions: {
      queries: {
        retry: (count, error) => !final(error) && count < 2,
        staleTime: 1_000,
      },
    },
  });
  client.setQueryDefaults(['kept-draft'], { gcTime: Infinity });
  return client;
}

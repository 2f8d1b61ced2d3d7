import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/queries';
import { useUser } from '../../session/session';
import type { Draft } from './draft';

/** A draft outlives the session that ended under it, in this page's memory and for the same user alone. */
export function useKeptDraft() {
  const cache = useQueryClient();
  const key = keys.keptDraft(useUser().name);
  return {
    take: (): Draft | undefined => cache.getQueryData<Draft>(key),
    keep: (draft: Draft): void => void cache.setQueryData(key, draft),
    drop: (): void => cache.removeQueries({ queryKey: key }),
  };
}

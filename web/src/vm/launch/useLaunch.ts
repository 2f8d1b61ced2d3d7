import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import * as client from '../../api/client';
import { mergeVm } from '../../api/merge';
import type { VmRequest } from '../../api/types';
import { useIdempotencyKey } from './useIdempotencyKey';

/** Asks for the VM, and goes to its page when it is accepted. */
export function useLaunch(onRefused: (error: unknown) => void) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const keyOf = useIdempotencyKey();
  return useMutation({
    mutationFn: (request: VmRequest) => client.createVm(request, keyOf(request)),
    onSuccess: (vm) => {
      mergeVm(cache, vm);
      void navigate(`/vms/${vm.id}`);
    },
    onError: onRefused,
  });
}

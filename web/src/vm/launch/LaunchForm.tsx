import { ActionGroup, Button, Form } from '@patternfly/react-core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { isProblem } from '../../api/problem';
import { LinkButton } from '../../ui/LinkButton';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { AccessSection } from './AccessSection';
import { DirectSection } from './DirectSection';
import { DisksSection } from './DisksSection';
import type { Draft } from './draft';
import { useKeptDraft } from './keptDraft';
import { MachineSection } from './MachineSection';
import { MoreSection } from './MoreSection';
import { PathSection } from './PathSection';
import { PlaceSection } from './PlaceSection';
import { remember, rememberedKeys } from './rememberedKeys';
import { fieldOf, serverErrors, toRequest } from './request';
import type { SectionProps } from './SectionProps';
import { useLaunch } from './useLaunch';
import { validate, type Errors } from './validate';

export function LaunchForm({ first }: { first: Draft }) {
  const [draft, setDraft] = useState(first);
  const [keep, setKeep] = useState(() => rememberedKeys() !== '');
  const [submitted, setSubmitted] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const kept = useKeptDraft();
  const launch = useLaunch((error) => {
    if (isProblem(error, 401)) kept.keep(draft);
    setSubmitted((count) => count + 1);
  });

  const errors: Errors = {
    ...serverErrors(launch.error),
    ...(submitted > 0 && validate(draft)),
  };
  const section: SectionProps = {
    draft,
    errors,
    change: (part) => {
      setDraft((before) => ({ ...before, ...part }));
      if (launch.isError) launch.reset();
    },
  };

  // After a refusal the first field that is wrong has the focus, whether we or the server refused.
  useEffect(() => {
    if (submitted > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [submitted]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft.path === 'direct' || launch.isPending) return;
    if (Object.keys(validate(draft)).length > 0) {
      setSubmitted(submitted + 1);
      return;
    }
    remember(draft.sshKeys, keep);
    kept.drop();
    launch.mutate(toRequest(draft));
  };

  const direct = draft.path === 'direct';
  return (
    <Form ref={form} onSubmit={submit} noValidate aria-label="Launch a VM" className="anemone-form">
      <PathSection {...section} />
      <MachineSection {...section} />
      {!direct && <PlaceSection {...section} />}
      <AccessSection {...section} keep={keep} onKeep={setKeep} />
      {!direct && <DisksSection {...section} />}
      {direct ? <DirectSection {...section} /> : <MoreSection {...section} />}
      {launch.isError && !fieldOf(launch.error) && <ProblemAlert error={launch.error} />}
      {!direct && (
        <ActionGroup>
          <Button type="submit" isLoading={launch.isPending} isDisabled={launch.isPending}>
            Launch
          </Button>
          <LinkButton to="/vms" variant="link">
            Cancel
          </LinkButton>
        </ActionGroup>
      )}
    </Form>
  );
}

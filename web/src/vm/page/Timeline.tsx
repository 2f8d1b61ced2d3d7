import { ProgressStep, ProgressStepper, type ProgressStepProps } from '@patternfly/react-core';
import type { HistoryEvent, Vm } from '../../api/types';
import { Ago, clockTime, fullTime } from '../../time/Ago';
import { words } from '../../time/duration';
import { timeline, type StepState, type TimelineStep } from './timeline';

const VARIANT: Record<StepState, NonNullable<ProgressStepProps['variant']>> = {
  done: 'success',
  current: 'info',
  waiting: 'pending',
  failed: 'danger',
  skipped: 'pending',
};

const SPOKEN: Record<StepState, string> = {
  done: 'done',
  current: 'under way',
  waiting: 'to come',
  failed: 'failed',
  skipped: 'not reached',
};

export function Timeline({ vm, history }: { vm: Vm; history: HistoryEvent[] }) {
  const steps = timeline(vm, history);
  return (
    <ProgressStepper aria-label="How the VM came up" isCenterAligned>
      {steps.map((step, index) => (
        <ProgressStep
          key={step.title}
          id={`step-${index}`}
          titleId={`step-title-${index}`}
          variant={VARIANT[step.state]}
          isCurrent={step.state === 'current'}
          aria-label={`${step.title}: ${SPOKEN[step.state]}`}
          description={<Description step={step} since={steps[index - 1]?.at} />}
        >
          {step.title}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
}

function Description({ step, since }: { step: TimelineStep; since: string | undefined }) {
  if (step.state === 'current' && since) {
    return (
      <>
        for <Ago instant={since} />
        {step.says && <div>{step.says}</div>}
      </>
    );
  }
  if (!step.at) return step.state === 'skipped' ? 'not reached' : undefined;
  return (
    <time dateTime={step.at} title={fullTime(step.at)}>
      {step.took === undefined ? clockTime(step.at) : `+ ${words(step.took)}`}
    </time>
  );
}

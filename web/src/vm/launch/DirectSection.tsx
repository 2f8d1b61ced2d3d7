import { Content, FormSection } from '@patternfly/react-core';
import { useFlavors } from '../../api/queries';
import { CodeText } from '../../ui/CodeText';
import { sbatchScript } from './sbatch';
import type { SectionProps } from './SectionProps';

/** The direct path starts in a terminal: shows what to type there. */
export function DirectSection({ draft }: SectionProps) {
  const { data: flavors = [] } = useFlavors();
  return (
    <FormSection title="Submit it yourself" titleElement="h2">
      <Content component="p">
        Save this as <code>vm.sbatch</code> on a login node and submit it. The VM shows up in your
        list as soon as the job starts; the job’s output says how to log in, and the job ends when
        the guest does.
      </Content>
      <CodeText text={sbatchScript(draft, flavors)} what="job script" />
      <CodeText text="sbatch vm.sbatch" what="command" />
    </FormSection>
  );
}

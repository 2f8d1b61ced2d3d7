import { PageSection } from '@patternfly/react-core';
import { Loading } from '../../layout/Loading';
import { usePageTitle } from '../../layout/usePageTitle';
import { useFlavors, useImages } from '../../api/queries';
import { PageHeader } from '../../ui/PageHeader';
import { newDraft, withImage, type Draft } from './draft';
import { useKeptDraft } from './keptDraft';
import { LaunchForm } from './LaunchForm';
import { rememberedKeys } from './rememberedKeys';

export default function LaunchPage() {
  usePageTitle('Launch a VM');
  const images = useImages();
  const flavors = useFlavors();
  const kept = useKeptDraft();

  if (images.isPending || flavors.isPending) return <Loading />;
  const first = images.data?.[0];
  const fresh = newDraft(rememberedKeys());
  const draft: Draft = kept.take() ?? (first ? withImage(fresh, first, flavors.data ?? []) : fresh);

  return (
    <>
      <PageHeader title="Launch a VM">A virtual machine on a node of the cluster.</PageHeader>
      <PageSection>
        <LaunchForm first={draft} />
      </PageSection>
    </>
  );
}

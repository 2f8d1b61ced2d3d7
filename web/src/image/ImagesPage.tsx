import { Button, PageSection, Stack } from '@patternfly/react-core';
import { useState } from 'react';
import { useImages } from '../api/queries';
import { Loading } from '../layout/Loading';
import { ProblemPage } from '../layout/ProblemPage';
import { usePageTitle } from '../layout/usePageTitle';
import { PageHeader } from '../ui/PageHeader';
import { ImagesCard } from './ImagesCard';
import { RevisionsCard } from './RevisionsCard';
import { UploadDialog } from './UploadDialog';

export default function ImagesPage() {
  usePageTitle('Images');
  const images = useImages();
  const [uploading, setUploading] = useState(false);

  if (images.isPending) return <Loading />;
  if (!images.data) return <ProblemPage error={images.error} retry={() => void images.refetch()} />;
  return (
    <>
      <PageHeader
        title="Images"
        actions={<Button onClick={() => setUploading(true)}>Upload an image</Button>}
      >
        What a VM can boot from.
      </PageHeader>
      <PageSection aria-label="Images">
        <Stack hasGutter>
          <ImagesCard images={images.data} />
          {images.data
            .filter(({ yours }) => yours)
            .map((image) => (
              <RevisionsCard key={image.id} image={image} />
            ))}
        </Stack>
      </PageSection>
      {uploading && <UploadDialog onClose={() => setUploading(false)} />}
    </>
  );
}

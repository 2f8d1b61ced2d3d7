import { Alert, FormSection, TextInput } from '@patternfly/react-core';
import { useFlavors, useImages } from '../../api/queries';
import type { Flavor, Image } from '../../api/types';
import { size, memory } from '../../units/size';
import { Field } from '../../ui/Field';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Tiles } from '../../ui/Tiles';
import { withImage } from './draft';
import { OwnSize } from './OwnSize';
import type { SectionProps } from './SectionProps';

const NO_IMAGES: Image[] = [];
const NO_FLAVORS: Flavor[] = [];

const sizeOf = (flavor: Flavor) =>
  flavor.wholeNode ? flavor.description || 'a whole node' : size(flavor);

export function MachineSection(props: SectionProps) {
  const { draft, errors, change } = props;
  const { data: all = NO_IMAGES, error, isPending } = useImages();
  const images = all.filter(({ current }) => current !== null);
  const { data: flavors = NO_FLAVORS } = useFlavors();
  const needed = images.find(({ name }) => name === draft.image)?.minMemoryMiB ?? 0;

  return (
    <FormSection title="What it is" titleElement="h2">
      <Field
        id="name"
        label="Name"
        isRequired
        error={errors.name}
        help="Also the host name inside the guest."
      >
        <TextInput
          id="name"
          value={draft.name}
          onChange={(_event, name) => change({ name })}
          validated={errors.name ? 'error' : 'default'}
          aria-describedby="name-help"
          autoComplete="off"
          spellCheck={false}
          className="anemone-short"
        />
      </Field>
      <Field id="image" label="Image" role="group" isRequired error={errors.image}>
        {error && <ProblemAlert error={error} title="The images cannot be listed" />}
        {!error && !isPending && images.length === 0 && (
          <Alert
            isInline
            variant="warning"
            title="The site has no image yet: an operator has to add one."
          />
        )}
        <Tiles
          name="image"
          label="Image"
          tiles={images.map((image) => ({
            value: image.name,
            title: image.name,
            body: (
              <>
                {image.description}
                <div className="anemone-hint">
                  user {image.defaultUser}, from {memory(image.minMemoryMiB)}, revision{' '}
                  {image.current}
                </div>
              </>
            ),
          }))}
          chosen={draft.image}
          onChoose={(name) => {
            const image = images.find((each) => each.name === name);
            if (image) change(withImage(draft, image, flavors));
          }}
        />
      </Field>
      <Field id="flavor" label="Size" role="group" isRequired error={errors.flavor}>
        <Tiles
          narrow
          name="flavor"
          label="Size"
          tiles={[
            ...flavors.map((flavor) => ({
              value: flavor.name,
              title: flavor.name,
              body: flavor.memoryMiB < needed ? 'too small for the image' : sizeOf(flavor),
              disabled: flavor.memoryMiB < needed,
            })),
            { value: '', title: 'Own size', body: 'vCPUs and memory' },
          ]}
          chosen={draft.flavor}
          onChoose={(flavor) => change({ flavor })}
        />
      </Field>
      {!draft.flavor && <OwnSize {...props} />}
    </FormSection>
  );
}

import { Field } from '../ui/Field';

interface Props {
  id: string;
  label: string;
  onChoose: (file: File | undefined) => void;
}

export function FileField({ id, label, onChoose }: Props) {
  return (
    <Field id={id} label={label}>
      <input
        id={id}
        type="file"
        onChange={(event) => onChoose(event.currentTarget.files?.[0] ?? undefined)}
      />
    </Field>
  );
}

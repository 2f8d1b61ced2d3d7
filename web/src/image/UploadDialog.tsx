import {
  Button,
  Form,
  FormSelect,
  FormSelectOption,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Progress,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { keys } from '../api/queries';
import { Field } from '../ui/Field';
import { ProblemAlert } from '../ui/ProblemAlert';
import { FileField } from './FileField';
import { upload, type Files } from './upload';

export function UploadDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [user, setUser] = useState('');
  const [format, setFormat] = useState('qcow2');
  const [cmdline, setCmdline] = useState('');
  const [files, setFiles] = useState<Files>({});
  const [sent, setSent] = useState(0);
  const abort = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    abort.current = controller;
    return () => controller.abort();
  }, []);

  const total = Object.values(files).reduce((sum, file) => sum + file.size, 0);
  const send = useMutation({
    mutationFn: () =>
      upload(
        {
          name,
          defaultUser: user,
          ...(files.disk && { diskFormat: format }),
          ...(files.kernel && cmdline && { cmdline }),
        },
        files,
        setSent,
        abort.current.signal,
      ),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: keys.images }),
  });
  const ready = name !== '' && user !== '' && (files.disk ?? files.kernel) !== undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const choose = (role: keyof Files) => (file: File | undefined) => {
    const others = Object.fromEntries(Object.entries(files).filter(([each]) => each !== role));
    setFiles(file ? { ...others, [role]: file } : others);
  };

  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="upload-title">
      <ModalHeader
        title="Upload an image"
        labelId="upload-title"
        description="It is yours alone until you share it, and is checked before a VM can boot it."
      />
      <ModalBody>
        <Form id="upload-form" onSubmit={submit}>
          <Field
            id="upload-name"
            label="Name"
            isRequired
            help="With the name of one that you have, it becomes a new revision of that."
          >
            <TextInput id="upload-name" value={name} onChange={(_event, value) => setName(value)} />
          </Field>
          <Field
            id="upload-user"
            label="Log in as"
            isRequired
            help="The account in the guest that ssh keys are for."
          >
            <TextInput id="upload-user" value={user} onChange={(_event, value) => setUser(value)} />
          </Field>
          <FileField id="upload-disk" label="Disk" onChoose={choose('disk')} />
          {files.disk && (
            <Field id="upload-format" label="Format of the disk">
              <FormSelect
                id="upload-format"
                value={format}
                onChange={(_event, value) => setFormat(value)}
              >
                <FormSelectOption value="qcow2" label="qcow2" />
                <FormSelectOption value="raw" label="raw" />
              </FormSelect>
            </Field>
          )}
          <FileField id="upload-kernel" label="Kernel" onChoose={choose('kernel')} />
          {files.kernel && (
            <>
              <FileField id="upload-initrd" label="Initrd" onChoose={choose('initrd')} />
              <Field id="upload-cmdline" label="Kernel command line">
                <TextInput
                  id="upload-cmdline"
                  value={cmdline}
                  onChange={(_event, value) => setCmdline(value)}
                />
              </Field>
            </>
          )}
          {send.isPending && (
            <Progress
              value={total === 0 ? 0 : Math.floor((100 * sent) / total)}
              title="Sent"
              aria-label="Sent"
            />
          )}
          {send.isError && <ProblemAlert error={send.error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="upload-form"
          isLoading={send.isPending}
          isDisabled={send.isPending || !ready}
        >
          Upload
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

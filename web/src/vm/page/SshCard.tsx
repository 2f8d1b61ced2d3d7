import { Card, CardBody, CardTitle, Content } from '@patternfly/react-core';
import type { Vm } from '../../api/types';
import { CodeText } from '../../ui/CodeText';
import { sshCommand } from '../ssh';

export function SshCard({ vm }: { vm: Vm }) {
  const command = sshCommand(vm);
  return (
    <Card>
      <CardTitle component="h2">Log in</CardTitle>
      <CardBody>
        {command ? (
          <>
            <CodeText text={`anemone ssh ${vm.name}`} what="anemone command" />
            <div className="anemone-hint">From inside the cluster also without Anemone:</div>
            <CodeText text={command} what="ssh command" />
          </>
        ) : (
          <Content component="p">The ssh command appears here as soon as the VM runs.</Content>
        )}
        {command && vm.phase !== 'READY' && (
          <div className="anemone-hint">The guest does not answer yet.</div>
        )}
        {vm.sshKeys.length === 0 && (
          <div className="anemone-hint">
            No ssh key was given, so nobody can log in unless the image or the user data allows it.
          </div>
        )}
      </CardBody>
    </Card>
  );
}

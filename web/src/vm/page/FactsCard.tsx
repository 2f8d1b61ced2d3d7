import {
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  LabelGroup,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Guest, Network, Readiness, Vm } from '../../api/types';
import { fullTime, Until } from '../../time/Ago';
import { isoWords } from '../../time/duration';
import { size } from '../../units/size';
import { PATH } from '../path';
import { over } from '../phase';
import { hardwareWords, networkWords, portWords } from './machine';

export function FactsCard({ vm }: { vm: Vm }) {
  return (
    <Card isFullHeight>
      <CardTitle component="h2">Facts</CardTitle>
      <CardBody>
        <DescriptionList isHorizontal isCompact termWidth="8ch">
          {facts(vm)
            .filter(([, value]) => value !== null)
            .map(([term, value]) => (
              <DescriptionListGroup key={term}>
                <DescriptionListTerm>{term}</DescriptionListTerm>
                <DescriptionListDescription>{value}</DescriptionListDescription>
              </DescriptionListGroup>
            ))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function facts(vm: Vm): [string, ReactNode][] {
  const { lease } = vm;
  return [
    ['Path', PATH[vm.path].label],
    ['Image', vm.image],
    ['Size', size(vm)],
    ['Ready when', vm.readiness ? readyWhen(vm.readiness) : null],
    ['Guest', vm.guest ? <GuestWords key="guest" guest={vm.guest} /> : null],
    ['Disks', disks(vm) || null],
    ['Hardware', hardwareWords(vm.hardware)],
    ['Network', networkWords(vm.network)],
    ['Ports', vm.network.ports.length ? <Ports network={vm.network} /> : null],
    ['Walltime', vm.walltime ? isoWords(vm.walltime) : 'as long as its lease'],
    ['Ends in', lease?.endsAt && !over(vm) ? <Until instant={lease.endsAt} /> : null],
    ['Node', lease?.node ?? 'none yet'],
    ['Job', lease?.jobId ?? 'none yet'],
    ['Partition', vm.partition],
    ['Pool', vm.pool],
    ['Project', vm.project],
    ['Owner', vm.owner],
    ['Requested', fullTime(vm.createdAt)],
    ['SSH keys', vm.sshKeys.length ? <Keys vm={vm} /> : 'none'],
    ['Labels', Object.keys(vm.labels).length ? <Labels vm={vm} /> : null],
    ['Id', <code key="id">{vm.id}</code>],
  ];
}

const PROBE: Record<Readiness['kind'], string> = {
  SSH: 'its ssh server answers',
  AGENT: 'its guest agent answers',
  CONSOLE: 'its console shows a text',
  CLOUD_INIT: 'cloud-init is done',
  NONE: 'its domain runs',
};

const readyWhen = ({ kind, timeoutSeconds, pattern }: Readiness): string =>
  `${pattern === null ? PROBE[kind] : `its console shows “${pattern}”`}, within ${timeoutSeconds} s`;

/** The guest's own words. */
function GuestWords({ guest }: { guest: Guest }) {
  const { hostname, os, kernel, addresses, users } = guest;
  const words = [
    hostname,
    os,
    kernel,
    ...addresses,
    users.length ? `logged in: ${users.join(', ')}` : null,
  ];
  return (
    <ul className="anemone-plain-list">
      {words.filter(Boolean).map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}

function disks({ storage }: Vm): string {
  if (!storage) return '';
  return [
    ...(storage.rootGiB ? [`root ${storage.rootGiB} GiB`] : []),
    ...storage.scratchGiB.map((size) => `scratch ${size} GiB`),
    ...storage.volumes.map((name) => `volume ${name}`),
    ...storage.shares.map(({ path, tag }) => `${path} as ${tag}`),
  ].join(', ');
}

function Ports({ network }: { network: Network }) {
  return (
    <ul className="anemone-plain-list">
      {portWords(network).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

function Keys({ vm }: { vm: Vm }) {
  return (
    <ul className="anemone-plain-list">
      {vm.sshKeys.map(({ fingerprint, comment, type }) => (
        <li key={fingerprint} title={`${type} ${fingerprint}`}>
          {comment || <code>{fingerprint}</code>}
        </li>
      ))}
    </ul>
  );
}

function Labels({ vm }: { vm: Vm }) {
  return (
    <LabelGroup numLabels={12}>
      {Object.entries(vm.labels).map(([key, value]) => (
        <Label key={key} isCompact variant="outline">
          {value ? `${key}: ${value}` : key}
        </Label>
      ))}
    </LabelGroup>
  );
}

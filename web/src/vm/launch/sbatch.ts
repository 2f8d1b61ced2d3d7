import type { Flavor } from '../../api/types';
import { parseHuman } from '../../time/duration';
import type { Draft } from './draft';
import { lines, portsOf } from './validate';

/** QEMU, libvirt and the agent live in the same job as the guest: see “Memory of a job” in the operations guide. */
const overheadMiB = (vcpus: number, memoryMiB: number): number =>
  128 + 120 + 8 * vcpus + Math.floor(Math.max(0, memoryMiB - 1024) / 512);

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

const clock = (seconds: number): string =>
  `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;

/** A string of YAML: JSON's are, and they can hold whatever was typed. */
const quoted = (text: string): string => JSON.stringify(text);

/** A job script that does what the form says, for the direct path. */
export function sbatchScript(draft: Draft, flavors: Flavor[]): string {
  const flavor = flavors.find(({ name }) => name === draft.flavor);
  const vcpus = flavor?.vcpus ?? (Number(draft.vcpus) || 1);
  const memory = flavor?.memoryMiB ?? (Number(draft.memoryMiB) || 512);
  const keys = lines(draft.sshKeys);
  const ports = portsOf(draft.ports).filter(Number.isInteger);
  const [resources, size] = flavor?.wholeNode
    ? ['#SBATCH --exclusive\n#SBATCH --mem=0', `flavor: ${quoted(flavor.name)}`]
    : [
        `#SBATCH --cpus-per-task=${vcpus}\n#SBATCH --mem=${memory + overheadMiB(vcpus, memory)}M`,
        `vcpus: ${vcpus}\nmemoryMiB: ${memory}`,
      ];
  return `#!/bin/bash
#SBATCH --job-name=vm
#SBATCH --ntasks=1
${resources}
#SBATCH --time=${clock(parseHuman(draft.walltime) ?? 3600)}

spec=$(mktemp --suffix=.yaml)
cat > "$spec" <<'END_OF_SPEC'
name: ${quoted(draft.name)}
image: ${quoted(draft.image || 'micro')}
${size}
sshKeys:${keys.length ? keys.map((key) => `\n  - ${quoted(key)}`).join('') : ' []'}${ports.length ? `\nnetwork: {ports: [${ports.join(', ')}]}` : ''}
END_OF_SPEC
exec /opt/anemone/bin/anemone-agent run "$spec"
`;
}

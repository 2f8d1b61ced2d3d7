import { describe, expect, it } from 'vitest';
import { FLAVORS, IMAGES } from '../../../test/fake/samples';
import { Problem } from '../../api/problem';
import { newDraft, suggestName, withImage, type Draft } from './draft';
import { serverErrors, toRequest } from './request';
import { sbatchScript } from './sbatch';
import { validate } from './validate';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ada@laptop';
const draft = (part: Partial<Draft> = {}): Draft => ({
  ...newDraft(''),
  name: 'reef-1',
  image: 'micro',
  flavor: 'micro',
  ...part,
});

describe('validate', () => {
  it('goodDraft_hasNoErrors', () => expect(validate(draft({ sshKeys: KEY }))).toEqual({}));

  it.each<[Partial<Draft>, keyof Draft]>([
    [{ name: '' }, 'name'],
    [{ name: 'Reef' }, 'name'],
    [{ name: 'reef-' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x'.repeat(64) }, 'name'],
    [{ image: '' }, 'image'],
    [{ flavor: '', vcpus: '1.5', memoryMiB: '256' }, 'vcpus'],
    [{ flavor: '', vcpus: '0', memoryMiB: '256' }, 'vcpus'],
    [{ flavor: '', vcpus: '1', memoryMiB: '-5' }, 'memoryMiB'],
    [{ walltime: '' }, 'walltime'],
    [{ walltime: 'soon' }, 'walltime'],
    [{ walltime: '5 s' }, 'walltime'],
    [{ sshKeys: 'ssh-ed25519' }, 'sshKeys'],
    [{ sshKeys: '-----BEGIN OPENSSH PRIVATE KEY-----' }, 'sshKeys'],
    [{ labels: '=x' }, 'labels'],
    [{ readiness: 'console', readyText: ' ' }, 'readyText'],
    [{ readyWithin: 'soon' }, 'readyWithin'],
    [{ rootGiB: 'big' }, 'rootGiB'],
    [{ scratchGiB: '10; 20' }, 'scratchGiB'],
    [{ shares: 'home' }, 'shares'],
  ])('%j_isRefusedAt_%s', (part, field) => {
    expect(Object.keys(validate(draft(part)))).toEqual([field]);
  });

  it('static_needsNoWalltime', () =>
    expect(validate(draft({ path: 'static', walltime: '' }))).toEqual({}));

  it('suggestedName_isValid', () => {
    for (const luck of [0, 0.5, 0.999999]) {
      expect(validate(draft({ name: suggestName(() => luck) }))).toEqual({});
    }
  });
});

describe('toRequest', () => {
  it('readiness_isLeftOutUnlessItIsAskedFor', () => {
    expect(toRequest(draft())).not.toHaveProperty('readiness');
    expect(
      toRequest(
        draft({
          readiness: 'console',
          readyText: 'login: ',
          readyWithin: '10 min',
          readyOrFail: 'fail',
        }),
      ).readiness,
    ).toEqual({ kind: 'console', pattern: 'login: ', timeout: 'PT10M', onTimeout: 'fail' });
    expect(toRequest(draft({ readyText: 'x' }))).not.toHaveProperty('readiness');
  });

  it('scheduled_takesThePartitionAndNoPool', () => {
    const request = toRequest(
      draft({ partition: 'short', walltime: '90 min', labels: 'a=b=c\nd', sshKeys: `${KEY}\n\n` }),
    );
    expect(request).toEqual({
      name: 'reef-1',
      image: 'micro',
      flavor: 'micro',
      path: 'scheduled',
      walltime: 'PT1H30M',
      partition: 'short',
      sshKeys: [KEY],
      labels: { a: 'b=c', d: '' },
    });
  });

  it('staticWithOwnSize_takesThePoolAndNoPartition', () => {
    const part = { partition: 'short', walltime: '', flavor: '', vcpus: '2', memoryMiB: '700' };
    expect(toRequest(draft({ path: 'static', ...part }))).toEqual({
      name: 'reef-1',
      image: 'micro',
      vcpus: 2,
      memoryMiB: 700,
      path: 'static',
      pool: 'default',
      sshKeys: [],
      labels: {},
    });
  });
});

it('disks_areAskedForAsTheyWereTyped', () => {
  const part = {
    rootGiB: '20',
    scratchGiB: '10, 5',
    volumes: 'a\nb',
    shares: '/x=y/z=in:ro\n/d=out',
  };
  expect(validate(draft(part))).toEqual({});
  expect(toRequest(draft(part)).storage).toEqual({
    rootGiB: 20,
    scratchGiB: [10, 5],
    volumes: ['a', 'b'],
    shares: [
      { path: '/x=y/z', tag: 'in', readOnly: true },
      { path: '/d', tag: 'out', readOnly: false },
    ],
  });
  expect(toRequest(draft({ path: 'static', shares: '/d=out' })).storage).toBeUndefined();
});

describe('what the server refuses', () => {
  it.each([
    ['INVALID_FIELD', 'sshKeys[0]', 'sshKeys'],
    ['WALLTIME_TOO_LONG', undefined, 'walltime'],
    ['UNKNOWN_PARTITION', 'partition', 'partition'],
    ['UNKNOWN_VOLUME', 'storage.volumes[0]', 'volumes'],
    ['VOLUME_IN_USE', undefined, 'volumes'],
  ])('%s_at_%s_standsAt_%s', (code, field, shown) => {
    const problem = new Problem(422, code, 'title', 'what to do', field);
    expect(serverErrors(problem)).toEqual({ [shown]: 'what to do' });
  });

  it('problemOfNoField_standsNowhere', () =>
    expect(serverErrors(new Problem(503, 'SCHEDULER_UNAVAILABLE', 't', 'd'))).toEqual({}));
});

it('imageThatNeedsMore_bringsALargerFlavor', () => {
  const debian = IMAGES[1];
  if (!debian) throw new Error('no such sample');
  expect(withImage(draft(), debian, FLAVORS)).toMatchObject({
    image: 'debian-12',
    flavor: 'small',
  });
  expect(withImage(draft({ flavor: 'large' }), debian, FLAVORS).flavor).toBe('large');
});

it('jobScript_asksForTheGuestAndForWhatRunsIt', () => {
  const script = sbatchScript(
    draft({ flavor: 'medium', walltime: '90 min', sshKeys: KEY }),
    FLAVORS,
  );
  expect(script).toMatch(/^#!\/bin\/bash\n/);
  expect(script).toContain(
    '#SBATCH --cpus-per-task=2\n#SBATCH --mem=2314M\n#SBATCH --time=01:30:00',
  );
  expect(script).toContain(`sshKeys:\n  - ${JSON.stringify(KEY)}\n`);
});

it('jobScriptForAWholeNode_asksForAllOfIt', () => {
  const whole = {
    name: 'whole-node',
    vcpus: 1,
    memoryMiB: 512,
    description: 'all that a node has',
    wholeNode: true,
  };
  const script = sbatchScript(draft({ flavor: 'whole-node', ports: '80, 443' }), [whole]);
  expect(script).toContain('#SBATCH --exclusive\n#SBATCH --mem=0\n');
  expect(script).toContain('flavor: "whole-node"\n');
  expect(script).toContain('\nnetwork: {ports: [80, 443]}\n');
});

it('ports_areNumbersWithCommasOrSpacesBetween', () => {
  expect(toRequest(draft({ ports: ' 80,443 8080' })).network).toEqual({
    ports: [80, 443, 8080],
  });
  expect(toRequest(draft()).network).toBeUndefined();
  expect(validate(draft({ ports: '80,http' })).ports).toBeDefined();
  expect(validate(draft({ ports: '65536' })).ports).toBeDefined();
});

it('jobScriptWithHostileText_staysOneDocument', () => {
  const script = sbatchScript(draft({ name: 'x\nEND_OF_SPEC\nrm -rf /' }), FLAVORS);
  expect(script.split('\n').filter((line) => line === 'END_OF_SPEC')).toHaveLength(1);
});

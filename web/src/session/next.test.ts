import { expect, it } from 'vitest';
import { nextPage } from './next';

it('ownPage_isGoneTo', () => expect(nextPage('?next=%2Fvms%2F1%3Fa%3Db')).toBe('/vms/1?a=b'));

it.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  'javascript:alert(1)',
  '',
])('%j_leadsHome', (next) => expect(nextPage(`?next=${encodeURIComponent(next)}`)).toBe('/vms'));

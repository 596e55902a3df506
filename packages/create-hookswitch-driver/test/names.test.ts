import { expect, test } from 'vitest';
import { namesOf, renamed } from '../src/names.ts';

test('names of a vendor', () => {
  expect(namesOf('big-phone2')).toEqual({
    vendor: 'big-phone2',
    title: 'BigPhone2',
    packageName: 'hookswitch-driver-big-phone2',
  });
});

test.each(['', 'Acme', '1a', 'a_b', 'a-', '../a', 'a b'])('%j is none', (vendor) => {
  expect(() => namesOf(vendor)).toThrow('is no name of a vendor');
});

test('they are put into texts and paths', () => {
  expect(renamed('src/acme-phone.ts VirtualAcmePhone', namesOf('zeta'))).toBe('src/zeta-phone.ts VirtualZetaPhone');
});

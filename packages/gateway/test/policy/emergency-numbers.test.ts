import libphonenumber from 'google-libphonenumber';
import { type CountryCode, getCountries } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { FURTHER_EMERGENCY_NUMBERS } from '../../src/policy/emergency-numbers.table.ts';
import { emergencyNumbers } from '../../src/policy/emergency-numbers.ts';

test.each<readonly [CountryCode, readonly string[], readonly string[]]>([
  ['DE', ['110', '112'], ['911', '115', '116117']],
  ['AT', ['112', '122', '133', '144', '140', '147'], ['110']],
  ['CH', ['112', '117', '118', '144', '145', '1414'], ['110']],
  ['FR', ['15', '17', '18', '112', '114', '196'], ['16', '110']],
  ['GB', ['999', '112'], ['998']],
  ['US', ['911', '112'], ['411', '9115']],
  ['ES', ['061', '091', '112'], ['60']],
  ['JP', ['110', '118', '119'], ['117']],
  ['AU', ['000', '106', '112'], ['00', '001']],
  ['IN', ['100', '101', '102', '108', '112'], ['103', '1000']],
])('%s', (country, numbers, others) => {
  const isEmergency = emergencyNumbers(country);
  expect(numbers.filter((number) => !isEmergency(number))).toEqual([]);
  expect(others.filter(isEmergency)).toEqual([]);
});

test('every country of the library has one, and it is exact', () => {
  const regions = getCountries();
  expect(regions.length).toBeGreaterThan(240);
  for (const region of regions) {
    const isEmergency = emergencyNumbers(region);
    expect(isEmergency('112'), region).toBe(true);
    expect(['1123456789', '1 12', '1+1+2', '+112', '112#', ''].filter(isEmergency), region).toEqual([]);
  }
});

test('the own table repeats nothing that the library knows, and each row names its source', () => {
  const library = libphonenumber.ShortNumberInfo.getInstance();
  expect(FURTHER_EMERGENCY_NUMBERS.length).toBeGreaterThan(10);
  for (const { country, numbers, source } of FURTHER_EMERGENCY_NUMBERS) {
    expect([country, ...numbers.filter((number) => library.isEmergencyNumber(number, country))]).toEqual([country]);
    expect(source.length, country).toBeGreaterThan(10);
  }
});

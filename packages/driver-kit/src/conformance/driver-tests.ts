import assert from 'node:assert/strict';
import { CONTRACT_VERSION, type Driver, parsePhoneKey } from '@hookswitch/core';
import { unprovedClaims } from '../claims/claim.ts';
import type { ConformanceHarness } from './harness.ts';
import type { ConformanceTest } from './runner.ts';
import { checkedOptions, secretOptions } from './subject.ts';

const SEMVER = /^(\d+)\.(\d+)\.(\d+)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;

/** The cases of what a driver says of itself, whatever the phone. */
export function driverTests<Options>(harness: ConformanceHarness<Options>): readonly ConformanceTest[] {
  const { driver } = harness;
  return [
    { name: 'its contract version is served by this core', run: async () => versionFits(driver) },
    { name: 'its vendor, name and version are sound', run: async () => identityIsSound(driver) },
    { name: 'its models are unique', run: async () => modelsAreUnique(driver) },
    { name: 'its options have valid defaults, and all are described', run: async () => optionsAreSound(driver) },
    { name: 'its probes only read', run: async () => probesOnlyRead(driver) },
    { name: 'it does not take a foreign device for one of its own', run: async () => foreignersAreNot(driver) },
    { name: 'it stands any model and any firmware', run: async () => modelsAreServed(driver) },
    { name: 'the keys that it names of a model are common ones, each once', run: async () => keysAreKeys(driver) },
    { name: 'no common key is a key that is a command', run: async () => commandKeysAreItsOwn(driver) },
    { name: 'no claim for any of its models is without proof', run: async () => claimsAreProved(harness) },
  ];
}

function claimsAreProved<Options>(harness: ConformanceHarness<Options>): void {
  assert.deepEqual(unprovedClaims(harness), [], 'claims without proof');
}

function versionFits<Options>({ contractVersion }: Driver<Options>): void {
  const [, major, minor] = SEMVER.exec(contractVersion) ?? assert.fail(`${contractVersion} is no version`);
  const [, ourMajor, ourMinor] = SEMVER.exec(CONTRACT_VERSION) ?? [];
  assert.equal(major, ourMajor, `written for ${contractVersion}, this core has ${CONTRACT_VERSION}`);
  assert.ok(Number(minor) <= Number(ourMinor), `written for ${contractVersion}, this core has ${CONTRACT_VERSION}`);
}

function identityIsSound<Options>({ vendor, name, version }: Driver<Options>): void {
  assert.match(vendor, /^[a-z][a-z0-9-]*$/, 'the vendor is the prefix of its keys');
  assert.notEqual(name.trim(), '', 'a name for people');
  assert.match(version, SEMVER, "the package's version");
}

function modelsAreUnique<Options>({ models }: Driver<Options>): void {
  assert.ok(models.length > 0, 'there is a model');
  assert.equal(new Set(models.map(({ model }) => model.toLowerCase())).size, models.length, 'each once');
  for (const { model, functionKeys } of models) {
    assert.ok(functionKeys === null || (Number.isInteger(functionKeys) && functionKeys >= 0), `keys of ${model}`);
  }
}

function optionsAreSound<Options>(driver: Driver<Options>): void {
  const { descriptions, credentials = {} } = driver.options;
  const defaults = Object.fromEntries<unknown>(Object.entries(Object.assign({}, checkedOptions(driver, {}))));
  const described = Object.keys(descriptions);
  for (const name of Object.keys(defaults)) assert.ok(described.includes(name), `the option ${name} is described`);
  for (const [name, text] of Object.entries<string>(descriptions)) assert.ok(text.length > 10, `what ${name} does`);
  for (const { username, password } of Object.values(credentials)) {
    assert.ok(described.includes(username) && described.includes(password), `${username}, ${password} are described`);
    assert.notEqual(username, password);
  }
  for (const secret of secretOptions(driver)) assert.equal(defaults[secret], undefined, `${secret} has no default`);
}

function probesOnlyRead<Options>({ probes }: Driver<Options>): void {
  assert.ok(probes.length > 0, 'there is a probe');
  for (const { method, readOnly, target } of probes) {
    assert.deepEqual({ target, method, readOnly }, { target, method: 'GET', readOnly: true });
    assert.match(target, /^\//, 'a target in origin form');
  }
}

function foreignersAreNot<Options>(driver: Driver<Options>): void {
  const headers = { server: 'nginx', 'content-type': 'text/html' };
  const replies = [...driver.probes.map(({ target }) => target), '/'].flatMap((target) =>
    [200, 401, 404].map((status) => ({ target, status, headers, text: '<html><title>Welcome</title></html>' })),
  );
  for (const given of [[], replies]) {
    const { score, reasons } = driver.identify({ mac: null, model: null, replies: given });
    assert.equal(score, 0, `a web server is not one of the vendor's: ${reasons.join(', ')}`);
  }
}

function modelsAreServed<Options>(driver: Driver<Options>): void {
  const options = checkedOptions(driver, {});
  const reachableBy = { http: true, sip: true };
  const served = driver.models.filter(({ model }) => {
    const ladders = driver.capabilitiesFor({ model, firmware: null, mac: null, options, reachableBy });
    return Object.keys(ladders).length > 0;
  });
  assert.ok(served.length > 0, 'some model can do something');
  driver.capabilitiesFor({ model: 'NO SUCH MODEL', firmware: 'no version', mac: null, options, reachableBy });
  driver.capabilitiesFor({ model: null, firmware: null, mac: null, options, reachableBy });
}

function keysAreKeys<Options>(driver: Driver<Options>): void {
  const options = checkedOptions(driver, {});
  for (const model of [...driver.models.map(({ model }) => model), 'NO SUCH MODEL', null]) {
    const reachableBy = { http: true, sip: true };
    const keys = driver.keysOf?.({ model, firmware: null, mac: null, options, reachableBy }) ?? [];
    const strange = keys.filter((key) => (parsePhoneKey(key)?.kind ?? 'vendor') === 'vendor');
    assert.deepEqual(strange, [], `keys of ${model}`);
    assert.equal(new Set(keys).size, keys.length, `keys of ${model}, each once`);
  }
}

function commandKeysAreItsOwn<Options>({ isCommandKey }: Driver<Options>): void {
  for (const key of ['1', 'OK', 'CANCEL', '']) assert.equal(isCommandKey(key), false, key);
}

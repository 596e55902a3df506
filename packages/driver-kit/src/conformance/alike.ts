import assert from 'node:assert/strict';

/**
 * Asserts that something is as a row has it: of objects the members that the row names, of lists as many, each alike.
 * @param wanted undefined: anything will do
 */
export function isAlike(found: unknown, wanted: unknown, path: string): void {
  if (wanted === undefined) return;
  if (Array.isArray(wanted)) {
    assert.ok(Array.isArray(found), `${path} is a list, not ${JSON.stringify(found)}`);
    assert.equal(found.length, wanted.length, `${path} has as many: ${JSON.stringify(found)}`);
    for (const [place, one] of wanted.entries()) isAlike(found[place], one, `${path}[${place}]`);
  } else if (typeof wanted === 'object' && wanted !== null) {
    assert.ok(typeof found === 'object' && found !== null, `${path} is an object, not ${JSON.stringify(found)}`);
    for (const name of Object.keys(wanted)) {
      isAlike(Reflect.get(found, name), Reflect.get(wanted, name), `${path}.${name}`);
    }
  } else {
    assert.equal(found, wanted, path);
  }
}

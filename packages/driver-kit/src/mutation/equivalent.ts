import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two modules export the same data, and nothing but data: then whoever imports the one cannot tell it from the other. A
 * function, or an object of a class, may hold what does not show: with one of these it is not known.
 */
export function isSameData(one: unknown, other: unknown): boolean {
  const [first, second] = [{ ...Object(one) }, { ...Object(other) }];
  return isData(first) && isData(second) && isDeepStrictEqual(inOrder(first), inOrder(second));
}

function isData(value: unknown): boolean {
  if (typeof value === 'function') return false;
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return true;
  if (value instanceof Map) return [...value].every((entry) => isData(entry));
  if (value instanceof Set) return [...value].every(isData);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every(isData);
}

/** With the order of names, of entries and of members, which loops show. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  if (value instanceof Map || value instanceof Set) return [value.constructor.name, [...value].map(inOrder)];
  if (Array.isArray(value)) return value.map(inOrder);
  return Object.entries(value).map(([name, inner]) => [name, inOrder(inner)]);
}

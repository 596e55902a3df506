import { fileURLToPath } from 'node:url';
import type { Config } from '@hookswitch/gateway';
import type { Person } from './people.ts';

/** Drivers that do not come with the gateway. By their path, as those of others are named: they run in a worker. */
const FURTHER: Partial<Record<Person['vendor'], () => string>> = {
  grandstream: () => fileURLToPath(import.meta.resolve('@hookswitch/driver-grandstream')),
  poly: () => fileURLToPath(import.meta.resolve('@hookswitch/driver-poly')),
};

/** The drivers of the configuration, and those that somebody's phone needs besides. */
export function driversFor(people: readonly Person[], configured: Config['drivers']): Config['drivers'] {
  const vendors = new Set(people.map(({ vendor }) => vendor));
  const wanted = [...vendors].flatMap((vendor) => FURTHER[vendor]?.() ?? []);
  const names = configured.map((choice) => (typeof choice === 'string' ? choice : choice.name));
  return [...configured, ...wanted.filter((path) => !names.includes(path))];
}

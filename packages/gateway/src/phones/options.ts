import type { DriverPort } from '../drivers/driver-port.ts';

/** Options that the driver took, or what it refuses, by the option's name. */
export type OptionsResult =
  | { readonly value: unknown }
  | { readonly faults: readonly { readonly name: string; readonly message: string }[] };

/**
 * Has the driver check a phone's options, given as strings by name. Those that are secrets may be left out.
 * @throws DriverFault
 */
export async function checkOptions(
  driver: Pick<DriverPort, 'name' | 'options' | 'validate'>,
  options: Readonly<Record<string, string>>,
): Promise<OptionsResult> {
  const unknown = Object.keys(options).filter((name) => !(name in driver.options.descriptions));
  if (unknown.length > 0) {
    const known = Object.keys(driver.options.descriptions).join(', ');
    return {
      faults: unknown.map((name) => ({
        name,
        message: `the ${driver.name} driver has no such option; it has: ${known}`,
      })),
    };
  }
  const result = await driver.validate(options);
  if (result.issues === undefined) return { value: result.value };
  return {
    faults: result.issues.map(({ message, path = [] }) => {
      const [first] = path;
      return { name: String(typeof first === 'object' ? first.key : (first ?? '')), message };
    }),
  };
}

/** The names of the options that are secrets. */
export function secretOptions(driver: Pick<DriverPort, 'options'>): ReadonlySet<string> {
  return new Set(Object.values(driver.options.credentials ?? {}).map(({ password }) => password));
}

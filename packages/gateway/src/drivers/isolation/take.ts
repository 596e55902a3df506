import type { z } from 'zod';
import { DriverFault } from '../driver-port.ts';

/** What the driver answered, if it is what the contract says. @throws DriverFault with the places that are not */
export function take<Value>(
  schema: z.ZodType,
  { name, method }: { readonly name: string; readonly method: string },
  value: unknown,
): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as Value;
  throw new DriverFault(
    `The driver "${name}" answered ${method} with something else than the contract says (${placesOf(parsed.error)}).`,
    { retryable: false },
  );
}

/** Where a value is not as it must be; not what stands there. */
export function placesOf({ issues }: z.ZodError): string {
  const places = issues.slice(0, 5).map(({ path }) => (path.length === 0 ? 'all of it' : path.map(String).join('.')));
  return `wrong: ${places.join(', ')}`;
}

/** What something thrown comes to for whoever asked. */
export function faultOf(error: unknown, name: string): DriverFault {
  if (error instanceof DriverFault) return error;
  return new DriverFault(`The driver "${name}" threw; see the gateway's log.`, { cause: error, retryable: false });
}

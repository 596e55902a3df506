import type { PhoneDetails } from './documents.ts';

/** Which keys a phone has, as its driver tells it by the model. */
export interface PhoneKeys {
  /** Whether it has that key. Where its driver does not tell, any common one may be there. */
  readonly has: (name: string) => boolean;
  /** Programmable keys of its own, `FUNCTION_1` and on. */
  readonly functionKeys: readonly string[];
  /** `MEMORY_1` and on. */
  readonly memoryKeys: readonly string[];
}

/** The keys to draw. A driver that does not list them may still know how many function keys the model has. */
export function phoneKeys({ keys, driver, model }: Pick<PhoneDetails, 'keys' | 'driver' | 'model'>): PhoneKeys {
  if (keys === null) {
    const count = driver?.models.find((one) => one.model === model)?.functionKeys ?? 0;
    return { has: () => true, functionKeys: numbered('FUNCTION', count), memoryKeys: [] };
  }
  const own = new Set(keys);
  const family = (name: string) => keys.filter((key) => key.startsWith(`${name}_`));
  return { has: (name) => own.has(name), functionKeys: family('FUNCTION'), memoryKeys: family('MEMORY') };
}

function numbered(family: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${family}_${index + 1}`);
}

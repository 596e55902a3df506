import type { SnomParts } from '../parts.ts';

/** What a programmable key is set to: `speed 1002` is of type `speed` with the value `1002`. */
export interface FunctionKeySetting {
  readonly type: string;
  readonly value: string;
}

type Keys = Pick<SnomParts, 'profile' | 'expansionKeys'>;

/** Names of all programmable keys: `P1` and up, then `EK0` and up. */
export const functionKeyNames = ({ profile, expansionKeys }: Keys): readonly string[] => [
  ...Array.from({ length: profile.functionKeys }, (_, index) => `P${index + 1}`),
  ...Array.from({ length: expansionKeys }, (_, index) => `EK${index}`),
];

/** The number in `fkeyN` of a key that the phone has. */
const functionKeyIndex = ({ profile }: Keys, key: string): number => {
  const { functionKeys, expansionOffset = functionKeys } = profile;
  return key.startsWith('EK') ? expansionOffset + Number(key.slice(2)) : Number(key.slice(1)) - 1;
};

/** The key that has the number `index` in `fkeyN`. */
export const functionKeyAt = (keys: Keys, index: number): string | undefined =>
  functionKeyNames(keys).find((key) => functionKeyIndex(keys, key) === index);

/** What a key is set to; type `none` for a key without a setting. */
export const functionKeySetting = (parts: SnomParts, key: string): FunctionKeySetting => {
  const index = functionKeyIndex(parts, key);
  const [type = '', ...value] = parts.memory.get(`fkey${index}`).trim().split(/\s+/);
  return { type: type.toLowerCase() || 'none', value: value.join(' ') };
};

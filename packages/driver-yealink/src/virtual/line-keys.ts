import type { ObservableMap, PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { LINE_KEY_TYPES, type LineKeyAction } from './line-keys.table.ts';

/** What a line or memory key is set up for. */
export interface LineKey {
  readonly action: LineKeyAction;
  /** `linekey.X.value`; empty if it has none. */
  readonly value: string;
  /** The name of that setting. */
  readonly valueSetting: string;
  /** The account of `linekey.X.line`. */
  readonly account: PhoneAccount | undefined;
}

/** Reads `linekey.X.*`. Keys that were never set up are lines of the account of their number, as far as there are accounts. */
export const lineKey = (
  number: number,
  settings: ObservableMap<string>,
  accounts: readonly PhoneAccount[],
): LineKey => {
  const index = Number(settings.get(`linekey.${number}.line`) ?? number);
  const account = accounts.find((one) => one.index === index);
  return { ...setUp(`linekey.${number}`, settings, account ? '15' : '0'), account };
};

/** Reads `memorykey.X.*`. Keys that were never set up do nothing. */
export const memoryKey = (
  number: number,
  settings: ObservableMap<string>,
  accounts: readonly PhoneAccount[],
): LineKey => {
  const index = Number(settings.get(`memorykey.${number}.line`));
  const account = accounts.find((one) => one.index === index);
  return { ...setUp(`memorykey.${number}`, settings, '0'), account };
};

const setUp = (prefix: string, settings: ObservableMap<string>, otherwise: string): Omit<LineKey, 'account'> => ({
  action: LINE_KEY_TYPES[settings.get(`${prefix}.type`) ?? otherwise] ?? 'nothing',
  value: settings.get(`${prefix}.value`) ?? '',
  valueSetting: `${prefix}.value`,
});

import type { ObservableMap, PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { LINE_KEY_TYPES, type LineKeyAction } from './line-keys.table.ts';

/** What a line key is set up for. */
export interface LineKey {
  readonly action: LineKeyAction;
  /** `linekey.X.value`; empty if it has none. */
  readonly value: string;
  /** The account of `linekey.X.line`, by default the one of the key's own number. */
  readonly account: PhoneAccount | undefined;
}

/** Reads `linekey.X.*`. Keys that were never set up are lines, as far as there are accounts. */
export const lineKey = (
  number: number,
  settings: ObservableMap<string>,
  accounts: readonly PhoneAccount[],
): LineKey => {
  const index = Number(settings.get(`linekey.${number}.line`) ?? number);
  const account = accounts.find((one) => one.index === index);
  const type = settings.get(`linekey.${number}.type`) ?? (account ? '15' : '0');
  const value = settings.get(`linekey.${number}.value`) ?? '';
  return { action: LINE_KEY_TYPES[type] ?? 'nothing', value, account };
};

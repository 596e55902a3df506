import type { CallBook } from '../calls/call-book.ts';
import type { Store } from '../store/ports.ts';
import { dialledBy } from './dialled-numbers.ts';
import { storedBehind } from './stored-keys.ts';

/** Keys are configured seldom: of so many commands the newest about a key counts. */
const COMMANDS_LOOKED_AT = 200;

/**
 * What the gateway knows of the numbers that a phone keeps: the last call out that the phone told of, and what commands
 * have put on a key. A phone may have dialled since without telling.
 */
export function storedNumbersIn({
  calls,
  phones,
  commands,
}: Pick<Store, 'phones' | 'commands'> & { readonly calls: Pick<CallBook, 'list'> }): (
  phoneId: string,
  kind: 'LAST' | 'KEY',
  key: string,
) => Promise<readonly string[]> {
  const lastDialled = async (phoneId: string): Promise<readonly string[]> => {
    const { items } = await calls.list({ phoneIds: [phoneId], directions: ['OUTGOING'] }, { limit: 1 });
    return items.flatMap(({ remote }) => remote.number ?? remote.uri ?? []);
  };
  const onKey = async (phoneId: string, key: string): Promise<readonly string[]> => {
    const isIt = (given: unknown): boolean => typeof given === 'string' && storedBehind(given).key === key;
    const led = (await phones.leds(phoneId)).find((one) => isIt(one.key));
    const query = { phoneIds: [phoneId], names: ['configureKey'], statuses: ['ACCEPTED', 'CONFIRMED', 'UNKNOWN'] };
    const configured = (await commands.list(query, { limit: COMMANDS_LOOKED_AT })).items.find(({ arguments: given }) =>
      isIt(given['key']),
    );
    const numbers = configured === undefined ? [] : dialledBy('configureKey', configured.arguments).numbers;
    return [
      ...(led?.onPress?.kind === 'DIAL' ? [led.onPress.target] : []),
      ...numbers.filter(({ use }) => use === 'LATER').map(({ text }) => text),
    ];
  };
  return (phoneId, kind, key) => (kind === 'LAST' ? lastDialled(phoneId) : onKey(phoneId, key));
}

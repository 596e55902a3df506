import type { VirtualReply } from '@hookswitch/driver-kit/virtual';
import { reregister } from '../browser/internal-url.ts';
import { parseKeyEvents } from '../keys/key-events.ts';
import type { SnomParts } from '../parts.ts';
import { page, pageTitle } from './html.ts';
import type { PageRequest } from './page-request.ts';
import { obeysTouch, parseTouches } from './touch.ts';

/** Does what one parameter of a page asks for. What it answers is the reply; nothing means the usual page. */
type Command = (parts: SnomParts, value: string, request: PageRequest) => VirtualReply | undefined | Promise<undefined>;

const dial: Command = (parts, number, { request, query }) => {
  parts.telephony.dial(number, query.get('outgoing_uri') ?? '');
  const { host } = request.headers;
  const own = host === undefined ? parts.address : `http://${host}`;
  const origin = parts.quirks.dialRedirect === 'absolute' ? `${own}/` : '';
  return {
    ...page(pageTitle(parts.profile)),
    status: 302,
    headers: { 'Content-Type': 'text/html', Location: `${origin}index.htm` },
  };
};

const logOff = async (parts: SnomParts, identities: readonly number[]): Promise<undefined> => {
  for (const identity of identities) {
    await parts.telephony.logOff(identity);
    parts.effects.record({ type: 'loggedOff', identity });
  }
};

/** `REREGISTER=1..12`: on `command.htm` by the document of 2015, on `dummy.htm` by today's. */
export const reregisterCommand: Command = (parts, value, { request }) => {
  if (parts.quirks.reregisterPages.some((path) => path === request.path)) reregister(parts, Number(value));
  return undefined;
};

/** The parameters of `command.htm`. */
export const commands: Readonly<Record<string, Command>> = {
  key: ({ keyboard }, value) => {
    keyboard.inject(parseKeyEvents(value));
    return undefined;
  },
  number: dial,
  key_dtmf: ({ telephony }, digits) => {
    const talking = telephony.legs.find(({ state }) => state === 'connected');
    if (talking !== undefined) telephony.sendDigits(talking, digits);
    return undefined;
  },
  RELEASE_ALL_CALLS: ({ telephony }) => {
    telephony.endAll();
    return undefined;
  },
  LOGOFFALL: (parts) =>
    logOff(
      parts,
      parts.telephony.accounts.filter(({ registered }) => registered).map(({ index }) => index),
    ),
  LOGOFFLINE: (parts, value) => logOff(parts, [Number(value)]),
  REREGISTER: reregisterCommand,
  FIX_LIL: (parts, value) => {
    if (value !== 'true') return undefined;
    parts.lineInfoLayerFixed = true;
    parts.effects.record({ type: 'lineInfoLayerFixed' });
    return undefined;
  },
  touch: (parts, value) => {
    if (!obeysTouch(parts)) return undefined;
    for (const touch of parseTouches(value)) parts.effects.record({ type: 'touched', touch });
    return undefined;
  },
};

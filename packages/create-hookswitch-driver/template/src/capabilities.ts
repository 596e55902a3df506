import {
  accepted,
  type DriverContext,
  failed,
  type HttpRequest,
  invalidArgument,
  isAtLeast,
  type Ladders,
  type Outcome,
  type PhoneProfile,
  parseParty,
  phoneRejected,
} from '@hookswitch/core';
import type { AcmeOptions } from './options.ts';
import { outcomeOf, refusal } from './wire/reply.ts';
import { callRequest, dialRequest, doNotDisturbRequest, SCREEN_REQUEST, settingsRequest } from './wire/requests.ts';

const DOCUMENTED = { transport: 'HTTP', evidence: 'DOCUMENTED' } as const;
const ASSUMED = { transport: 'HTTP', evidence: 'ASSUMED', source: null } as const;

/** What a phone with digits can dial: an address may have a name before its `@`, `sip:anna@pbx.example`. */
const DIALABLE = /^[\d*#+]+$/;

async function tell(context: DriverContext, request: HttpRequest): Promise<Outcome> {
  return outcomeOf(await context.http.send(request), undefined);
}

/** What a phone can do. The object is the flag: a capability that is not in it is refused before anything is sent. */
export function capabilitiesFor({ reachableBy, firmware, options }: PhoneProfile<AcmeOptions>): Ladders {
  if (!reachableBy.http) return {};
  const calls: Ladders = {
    DIAL: [
      {
        ...DOCUMENTED,
        source: 'Acme, manual, Calls',
        dial: async ({ to }, context) => {
          const { number } = parseParty(to);
          if (number === null || !DIALABLE.test(number)) {
            return failed(invalidArgument('to', 'The phone dials digits, *, # and +: that is no such number.'));
          }
          return tell(context, dialRequest(`${options.dialPrefix}${number}`));
        },
      },
    ],
    ANSWER: [
      { ...DOCUMENTED, source: 'Acme, manual, Calls', answer: (_, context) => tell(context, callRequest('answer')) },
    ],
    HANG_UP: [
      { ...DOCUMENTED, source: 'Acme, manual, Calls', hangUp: (_, context) => tell(context, callRequest('end')) },
    ],
    // The manual says that `end` ends a call; that it rejects one that rings is not said.
    REJECT: [{ ...ASSUMED, reject: (_, context) => tell(context, callRequest('end')) }],
  };
  const device: Ladders = {
    SCREEN: [{ ...DOCUMENTED, source: 'Acme, manual, Screen', screen }],
    ACTION_URLS: [
      {
        ...DOCUMENTED,
        source: 'Acme, manual, Settings',
        configureActionUrls: async ({ urls }, context) => {
          const settings = Object.fromEntries(urls.map(({ setting, url }) => [setting, url]));
          const reply = await context.http.send(settingsRequest(settings));
          // The phone shows no settings: nobody can tell afterwards what they hold.
          return outcomeOf(reply, { unreadable: Object.keys(settings) });
        },
      },
    ],
  };
  // Of a firmware that is not known the least is claimed.
  if (!isAtLeast(firmware, '1.2', false)) return { ...calls, ...device };
  const source = 'Acme, manual, Do not disturb (from 1.2 on)';
  return {
    ...calls,
    ...device,
    DO_NOT_DISTURB: [
      {
        ...DOCUMENTED,
        source,
        setDoNotDisturb: ({ enabled }, context) => tell(context, doNotDisturbRequest(enabled)),
      },
    ],
  };
}

async function screen({ http }: DriverContext): Promise<Outcome<{ mediaType: string; bytes: Uint8Array }>> {
  const reply = await http.send(SCREEN_REQUEST);
  const refused = refusal(reply);
  if (refused !== null) return refused;
  const isBitmap = reply.bytes[0] === 0x42 && reply.bytes[1] === 0x4d;
  if (!isBitmap) return failed(phoneRejected('What the phone sent is no picture.', { phoneStatus: reply.status }));
  return accepted({ mediaType: 'image/bmp', bytes: reply.bytes });
}

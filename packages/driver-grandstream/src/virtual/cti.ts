import {
  answerRinging,
  type CallLeg,
  type Credentials,
  type ExchangeLine,
  goesOut,
  isConnected,
  isHeld,
  onNewest,
  type PhoneAccount,
  type RecordedRequest,
  ringsHere,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import type { GrandstreamQuirks } from './quirks.ts';

/** What CTI commands act on. */
export interface CtiPhone {
  readonly line: ExchangeLine;
  readonly accounts: readonly PhoneAccount[];
  readonly quirks: GrandstreamQuirks;
  readonly credentials: Credentials;
  /** By the names of `api.values.get`. */
  readonly values: Readonly<Record<string, string>>;
  dial(number: string): void;
  press(key: string): boolean;
  restart(settings: 'kept' | 'factory'): void;
}

function said(response: 'success' | 'error', body: unknown): VirtualReply {
  const headers = { 'Content-Type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify({ response, body }) };
}

type Handler = (parameters: URLSearchParams, phone: CtiPhone) => VirtualReply;

const FUNCTIONS: Readonly<Record<string, Handler>> = {
  'api-make_call': (parameters, phone) => {
    const number = parameters.get('phonenumber') ?? '';
    const account = Number(parameters.get('account') ?? 0);
    if (number === '' || phone.accounts[account] === undefined) return said('error', 'Invalid Request');
    phone.dial(number);
    return said('success', true);
  },
  'api-phone_operation': (parameters, phone) => {
    const done = OPERATIONS[parameters.get('cmd') ?? '']?.(phone) ?? false;
    return said(done ? 'success' : 'error', done);
  },
  'api-send_key': (parameters, phone) => {
    const done = (parameters.get('keys') ?? '').split(':').map((key) => phone.press(key));
    return done.includes(false) ? said('error', 'unknown') : said('success', 'complete');
  },
  'api-sys_operation': (parameters, phone) => {
    const request = parameters.get('request');
    if (request !== 'REBOOT' && request !== 'RESET') return said('error', 'unknown');
    const afterwards = () => phone.restart(request === 'RESET' ? 'factory' : 'kept');
    return { ...said('success', request === 'RESET' ? 'reset' : 'savereboot'), afterwards };
  },
  'api-get_line_status': (_, phone) => said('success', linesOf(phone)),
  'api-get_accounts': (_, { accounts }) =>
    said(
      'success',
      accounts.map(({ index, domain, number, label, registered }) => ({
        id: index,
        sip_server: domain,
        sip_id: number,
        name: label,
        reg: registered ? 1 : 0,
      })),
    ),
};

/** Each on the call in focus: the one that the state allows. */
const OPERATIONS: Readonly<Record<string, (phone: CtiPhone) => boolean>> = {
  acceptcall: ({ line }) => answerRinging(line),
  rejectcall: ({ line }) => onNewest(line, ringsHere, (leg) => line.reject(leg)),
  endcall: ({ line }) =>
    onNewest(line, isConnected, (leg) => line.hangUp(leg)) || onNewest(line, isHeld, (leg) => line.hangUp(leg)),
  cancel: ({ line }) =>
    onNewest(line, goesOut, (leg) => line.cancel(leg)) || onNewest(line, ringsHere, (leg) => line.reject(leg)),
  holdcall: ({ line, quirks }) =>
    onNewest(line, isConnected, (leg) => line.hold(leg)) ||
    (quirks.holdResumes && onNewest(line, isHeld, (leg) => line.resume(leg))),
};

const LINES = 3;

function linesOf({ line, quirks }: CtiPhone): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: LINES }, (_, place) => {
    const leg = line.legs[place];
    if (leg === undefined)
      return { line: place + 1, state: 'idle', acct: '', remotename: '', remotenumber: '', active: 0 };
    const { displayName, number } = leg.remote;
    return {
      line: place + 1,
      state: stateWord(leg, quirks),
      acct: 1,
      remotename: displayName,
      remotenumber: number,
      active: isConnected(leg) ? 1 : 0,
    };
  });
}

function stateWord(leg: CallLeg, { dialingWord }: GrandstreamQuirks): string {
  if (goesOut(leg)) return dialingWord;
  return leg.state === 'held' ? 'onhold' : leg.state;
}

/** Answers a request of the phone's web server. */
export function answerCti({ path, query }: RecordedRequest, phone: CtiPhone): VirtualReply {
  const name = /^\/cgi-bin\/([\w.-]+)$/.exec(path)?.[1] ?? '';
  const parameters = new URLSearchParams(query);
  if (name === 'api.values.get') {
    const names = (parameters.get('request') ?? '').split(':');
    return said('success', Object.fromEntries(names.map((one) => [one, phone.values[one] ?? ''])));
  }
  const handler = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (handler === undefined) return { status: 404 };
  if (parameters.get('passcode') !== phone.credentials.password)
    return phone.quirks.deniesBy === 'body' ? said('error', 'unauthorized') : { status: 401 };
  return handler(parameters, phone);
}

import { type Outcome, TransportError } from '@hookswitch/core';
import { SipLine } from '../../src/conformance/sip/line.ts';
import { createSipTransport, type SipTransportOptions } from '../../src/conformance/sip/sip-transport.ts';
import {
  Recorder,
  type VirtualSipDialog,
  VirtualSipEndpoint,
  type VirtualSipEndpointOptions,
} from '../../src/virtual/index.ts';

export const LOGIN = { username: '1001', password: 'p&ss wörd' };
export const NOTIFY = {
  method: 'NOTIFY',
  headers: { Event: 'x' },
  contentType: 'text/plain',
  body: 'ä\r\nkey',
} as const;
/** Opens a dialog for CSTA. */
export const OFFER = { contentType: 'application/csta+xml', body: '<x/>' } as const;

/** A phone's SIP side, and the line to it. */
export interface Stand extends AsyncDisposable {
  readonly phone: VirtualSipEndpoint;
  readonly line: SipLine;
  readonly dialogs: Recorder<VirtualSipDialog>;
  transport(options?: Partial<SipTransportOptions>): ReturnType<typeof createSipTransport>;
}

/** Starts both; they end with the stand. */
export async function stand(options: Partial<VirtualSipEndpointOptions> = {}): Promise<Stand> {
  const dialogs = new Recorder<VirtualSipDialog>();
  const phone = new VirtualSipEndpoint({
    handle: ({ method }) =>
      method === 'INVITE'
        ? { status: 200, onDialog: (dialog) => dialogs.record(dialog) }
        : { status: 200, headers: { 'X-Two': ['a', 'b'] }, body: 'Grüße' },
    methods: ['NOTIFY', 'MESSAGE', 'OPTIONS', 'INVITE', 'INFO', 'REFER'],
    user: () => '1001',
    ...options,
  });
  await phone.start();
  const line = await SipLine.open(phone.uri);
  return {
    phone,
    line,
    dialogs,
    transport: (more = {}) =>
      createSipTransport({
        to: { line, uri: phone.uri },
        login: LOGIN,
        signal: new AbortController().signal,
        wait: () => Promise.resolve(),
        onSend: () => {},
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await line.stop();
      await phone.stop();
    },
  };
}

/** What the transport made of it: a code, a status, or `a reply`. */
export async function outcomeOf(sent: Promise<unknown>): Promise<string> {
  const short = (outcome: Outcome<unknown>) => (outcome.status === 'FAILED' ? outcome.failure.code : outcome.status);
  try {
    await sent;
  } catch (error) {
    if (TransportError.is(error)) return short(error.outcome);
    throw error;
  }
  return 'a reply';
}

import { type ScriptedParty, VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { expect } from 'vitest';
import {
  ACTION_URL_EVENTS,
  createVirtualYealinkPhone,
  openTo,
  type VirtualYealinkPhone,
  type VirtualYealinkPhoneOptions,
} from '../../../src/virtual/index.ts';
import { type RawReply, sendRequest } from './raw-http.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** A phone 1001 that is open to the test, its exchange with a colleague 1002 and a third 1003, and who gets its action URLs. */
export interface Office extends AsyncDisposable {
  readonly phone: VirtualYealinkPhone;
  readonly exchange: VirtualExchange;
  readonly receiver: Receiver;
  readonly colleague: ScriptedParty;
  readonly third: ScriptedParty;
  /** `GET` with the phone's login. */
  get(target: string): Promise<RawReply>;
  /** `GET /servlet?key=…`, all told; expects 200. */
  press(key: string): Promise<void>;
  /** Pushes a document as the first row of the reference does. */
  push(body: string): Promise<RawReply>;
  /** Names of the action URLs fired since the last call, in the order they were fired; all were answered. */
  events(): Promise<readonly string[]>;
  /** Everything told that happened so far. */
  settled(): Promise<void>;
}

const LOGIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

export const startOffice = async (options: VirtualYealinkPhoneOptions = {}): Promise<Office> => {
  const receiver = await startReceiver();
  const exchange = new VirtualExchange();
  const settings: Record<string, string> = { ...openTo('127.0.0.1') };
  for (const event of ACTION_URL_EVENTS) {
    settings[`action_url.${event}`] = `${receiver.address}/${event}?mac=$mac&remote=$remote&cid=$call_id`;
  }
  const phone = createVirtualYealinkPhone({ exchange, ...options, settings: { ...settings, ...options.settings } });
  const colleague = exchange.addParty({ number: '1002', displayName: 'Berta' });
  const third = exchange.addParty({ number: '1003', displayName: 'Carl' });
  await phone.start();
  await phone.actionUrls.idle();
  phone.actionUrls.history.clear();
  receiver.received.clear();
  const get = (target: string) => sendRequest(phone.address, `GET ${target}`, { headers: LOGIN });
  const office: Office = {
    phone,
    exchange,
    receiver,
    colleague,
    third,
    get,
    press: async (key) => {
      expect((await get(`/servlet?key=${key}`)).status).toBe(200);
      await exchange.settled();
    },
    push: (body) =>
      sendRequest(phone.address, 'POST /servlet?push=xml', {
        headers: { 'Content-Type': 'text/xml; charset=utf-8' },
        body,
      }),
    events: async () => {
      await office.settled();
      const fired = phone.actionUrls.history.all.toSorted((a, b) => a.sequence - b.sequence);
      phone.actionUrls.history.clear();
      receiver.received.clear();
      expect(fired.filter(({ reply }) => reply?.status !== 200)).toEqual([]);
      return fired.map(({ event }) => event);
    },
    settled: async () => {
      await exchange.settled();
      await phone.actionUrls.idle();
    },
    async [Symbol.asyncDispose]() {
      await phone.stop();
      exchange[Symbol.dispose]();
      await receiver[Symbol.asyncDispose]();
      expect(phone.handlerErrors).toEqual([]);
    },
  };
  return office;
};

import type { Capability } from '@hookswitch/core';
import { VirtualPolyPhone } from '@hookswitch/driver-poly/virtual';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { VirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { expect } from 'vitest';
import { PATIENCE } from './patience.ts';
import type { Stage, Tried } from './stage.ts';
import { WORDS } from './vendor-words.ts';

/** Tries a capability on a phone that has no call, and leaves it so. */
export type Trial = (stage: Stage) => Promise<Tried>;

// What a factory reset and a new firmware bring the phone to nobody reports any more: they come last, in this order.
const LAST: readonly Capability[] = ['LOG_OFF', 'REREGISTER', 'REBOOT', 'UPGRADE_FIRMWARE', 'FACTORY_RESET'];

/** Capabilities in the order in which one phone can be tried on them. */
export function inTrialOrder(capabilities: readonly Capability[]): readonly Capability[] {
  return capabilities.toSorted((a, b) => LAST.indexOf(a) - LAST.indexOf(b));
}

/** One trial for each capability, with its effect at the phone where the phone shows it. */
export const TRIALS: Readonly<Record<Capability, Trial>> = {
  async PRESS_KEYS(stage) {
    const { secondKey } = WORDS[stage.staffed.person.vendor];
    const tried = await stage.give('pressKeys', { keys: [{ key: '1' }, { key: secondKey }] });
    await snom(stage)?.effects.waitFor(
      (effect) => effect.type === 'keyPressed' && /^(?:F_)?CANCEL$/.test(effect.key),
      PATIENCE,
    );
    return tried;
  },
  async TOUCH(stage) {
    const tried = await stage.give('touch', { touches: [{ xPx: 10, yPx: 20, action: 'TAP' }] });
    await snom(stage)?.effects.waitFor(({ type }) => type === 'touched', PATIENCE);
    return tried;
  },
  async DIAL(stage) {
    const tried = await stage.give('dial', { to: stage.colleague.number });
    await stage.untilCalls('CONNECTED');
    await stage.clear();
    return tried;
  },
  async ANSWER(stage) {
    await stage.ring();
    const tried = await stage.give('answer');
    await stage.untilCalls('CONNECTED');
    await stage.clear();
    return tried;
  },
  async HANG_UP(stage) {
    await stage.talk();
    const tried = await stage.give('hangUp');
    await stage.untilCalls();
    return tried;
  },
  async HANG_UP_ALL(stage) {
    await stage.talkToBoth();
    const tried = await stage.give('hangUpAll');
    await stage.untilCalls();
    return tried;
  },
  async REJECT(stage) {
    await stage.ring();
    const tried = await stage.give('reject');
    await stage.untilCalls();
    return tried;
  },
  async DEFLECT(stage) {
    await stage.ring();
    const tried = await stage.give('deflect', { to: stage.colleague.number });
    // No document has an action URL for it: a phone that says nothing of it is asked.
    if (stage.staffed.person.vendor === 'snom') await stage.give('refreshCalls');
    await stage.untilCalls();
    expect(stage.customer.legs.map(({ remote }) => remote.number)).toEqual([stage.colleague.number]);
    await stage.clear();
    return tried;
  },
  async HOLD(stage) {
    await stage.talk();
    const tried = await stage.give('setHold', { held: true });
    await stage.untilCalls('HELD');
    expect(stage.customer.legs.map(({ heldByRemote }) => heldByRemote)).toEqual([true]);
    await stage.give('setHold', { held: false });
    await stage.untilCalls('CONNECTED');
    await stage.clear();
    return tried;
  },
  async MUTE(stage) {
    await stage.talk();
    const tried = await stage.give('setMuted', { muted: true });
    await stage.staffed.phone.features.flags.waitFor('mute', (on) => on === true, PATIENCE);
    await stage.clear();
    return tried;
  },
  async DTMF(stage) {
    await stage.talk();
    const tried = await stage.give('sendDtmf', { digits: '12*' });
    await stage.office.exchange.settled();
    expect(stage.customer.legs.map(({ receivedDigits }) => receivedDigits)).toEqual(['12*']);
    await stage.clear();
    return tried;
  },
  async TRANSFER_BLIND(stage) {
    await stage.talk();
    const tried = await stage.give('transfer', { to: stage.colleague.number, kind: 'BLIND' });
    await stage.untilCalls();
    expect(stage.customer.legs.map(({ remote }) => remote.number)).toEqual([stage.colleague.number]);
    await stage.clear();
    return tried;
  },
  async TRANSFER_ATTENDED(stage) {
    const begin = async (): Promise<void> => {
      await stage.talk();
      await stage.give('transfer', { to: stage.colleague.number, kind: 'ATTENDED' });
      await stage.untilCalls('CONNECTED', 'HELD');
    };
    await begin();
    await stage.give('cancelTransfer');
    await stage.untilCalls('CONNECTED');
    await stage.clear();
    await begin();
    const tried = await stage.give('completeTransfer');
    await stage.untilCalls();
    expect(stage.customer.legs.map(({ remote }) => remote.number)).toEqual([stage.colleague.number]);
    await stage.clear();
    return tried;
  },
  async CONFERENCE(stage) {
    await stage.talkToBoth();
    const tried = await stage.give('conference');
    await stage.office.exchange.settled();
    const { calls } = stage.staffed.phone;
    expect(calls.map(({ state }) => state)).toEqual(['connected', 'connected']);
    expect(new Set(calls.map(({ conference }) => conference)).size).toBe(1);
    expect(calls[0]?.conference).toBeDefined();
    await stage.clear();
    return tried;
  },
  async DO_NOT_DISTURB(stage) {
    const { flags } = stage.staffed.phone.features;
    const tried = await stage.give('setDoNotDisturb', { enabled: true });
    await flags.waitFor('dnd', (on) => on === true, PATIENCE);
    await stage.event('DO_NOT_DISTURB', ({ feature, enabled }) => feature === 'DO_NOT_DISTURB' && enabled === true);
    await stage.give('setDoNotDisturb', { enabled: false });
    await flags.waitFor('dnd', (on) => on === false, PATIENCE);
    await stage.event('DO_NOT_DISTURB', ({ feature, enabled }) => feature === 'DO_NOT_DISTURB' && enabled === false);
    return tried;
  },
  async FORWARDING(stage) {
    const { forwards } = stage.staffed.phone.features;
    const tried = await stage.give('setForwarding', { kind: 'ALWAYS', enabled: true, target: '300' });
    await forwards.waitFor('always', (forward) => forward?.on === true && forward.target === '300', PATIENCE);
    await stage.event(
      'forwarding on',
      ({ feature, enabled }) => feature?.startsWith('FORWARD') === true && enabled === true,
    );
    await stage.give('setForwarding', { kind: 'ALWAYS', enabled: false });
    await forwards.waitFor('always', (forward) => forward?.on === false, PATIENCE);
    await stage.event(
      'forwarding off',
      ({ feature, enabled }) => feature?.startsWith('FORWARD') === true && enabled === false,
    );
    return tried;
  },
  async LED(stage) {
    const { lights } = stage.staffed.phone;
    const { vendor } = stage.staffed.person;
    const { key, prepare } = WORDS[vendor].led ?? expect.unreachable(`${vendor} has no lights`);
    const isPrepared = stage.staffed.phone.settings.get('fkey2') === 'button 3';
    if (!isPrepared) await stage.give('configureKey', { key: 'FUNCTION_3', ...prepare });
    // Lamps of buttons have colours on two models only; those of the minibrowser have them everywhere.
    const color = vendor === 'yealink' ? { color: 'RED' } : {};
    const tried = await stage.give('setLed', { key: 'FUNCTION_3', light: 'ON', ...color });
    await lights.waitFor(key, (light) => light?.state === 'on', PATIENCE);
    await stage.give('setLed', { key: 'FUNCTION_3', light: 'OFF' });
    await lights.waitFor(key, (light) => light?.state === 'off', PATIENCE);
    return tried;
  },
  async CONFIGURE_KEYS(stage) {
    const command = { key: 'FUNCTION_2', function: 'SPEED_DIAL', value: '300', label: 'Voicemail' };
    const tried = await stage.give('configureKey', command);
    const [name = '', value] = WORDS[stage.staffed.person.vendor].speedDial ?? [];
    expect(stage.staffed.phone.settings.get(name)).toBe(value);
    return tried;
  },
  async DISPLAY(stage) {
    const tried = await stage.give('showMessage', { title: 'Lunch', text: 'Soup is ready.' });
    await shows(stage, 'Soup is ready.');
    await stage.give('pushXml', { document: WORDS[stage.staffed.person.vendor].document });
    await shows(stage, 'Cake is left.');
    return tried;
  },
  async SCREEN(stage) {
    const { tried, value } = await stage.read(
      'screen(phoneId: $id)',
      'PhoneScreen',
      'mediaType base64 widthPx heightPx',
    );
    const { width, height } = stage.staffed.phone.screen;
    expect(value).toMatchObject({
      mediaType: expect.stringMatching(/^image\/(bmp|jpeg)$/),
      widthPx: width,
      heightPx: height,
    });
    return tried;
  },
  async RINGTONE(stage) {
    const tried = await stage.give('playRingtone', { ringtone: 3 });
    await snom(stage)?.effects.waitFor((effect) => effect.type === 'ringerPlayed' && effect.ringer === 3, PATIENCE);
    return tried;
  },
  async PHONE_INFO(stage) {
    const fields = 'transport firmware accounts { account user displayName }';
    const { tried, value } = await stage.read('phoneInfo(phoneId: $id)', 'PhoneInfo', fields);
    expect(value).toMatchObject({ firmware: stage.staffed.person.firmware });
    return tried;
  },
  async READ_SETTINGS(stage) {
    const { number, vendor } = stage.staffed.person;
    const fields = ['PhoneSettings', 'transport settings { name value }'] as const;
    if (vendor === 'poly') {
      // By their names only.
      const { tried, value } = await stage.read('settings(phoneId: $id, names: ["apps.restapi.enabled"])', ...fields);
      expect(value['settings']).toEqual([{ name: 'apps.restapi.enabled', value: '1' }]);
      return tried;
    }
    const { tried, value } = await stage.read('settings(phoneId: $id)', ...fields);
    expect(value['settings']).toContainEqual({ name: 'user_name1', value: number });
    return tried;
  },
  async WRITE_SETTINGS(stage) {
    const [name, value] = WORDS[stage.staffed.person.vendor].setting;
    const tried = await stage.give('writeSettings', { settings: [{ name, value }] });
    expect(stage.staffed.phone.settings.get(name)).toBe(value);
    return tried;
  },
  async ACTION_URLS(stage) {
    const { phone, person } = stage.staffed;
    const name = WORDS[person.vendor].actionUrl;
    const url = phone.settings.get(name) ?? '';
    phone.settings.set(name, '');
    const tried = await stage.give('configureActionUrls');
    expect(url).not.toBe('');
    expect(phone.settings.get(name)).toBe(url);
    return tried;
  },
  async VERIFY_EVENTS(stage) {
    const tried = await stage.give('verifyEventPath');
    expect(tried.status).toBe('CONFIRMED');
    return tried;
  },
  async CALL_SNAPSHOT(stage) {
    await stage.talk();
    const tried = await stage.give('refreshCalls');
    await stage.untilCalls('CONNECTED');
    await stage.clear();
    return tried;
  },
  async REBOOT(stage) {
    const { awaited = '', ...tried } = await stage.give('reboot');
    await started(stage);
    // No notification of a Poly phone is a proof of its start: the command is open for as long as the gateway waits.
    return stage.staffed.person.vendor === 'poly' || awaited === '' ? tried : { ...tried, awaited };
  },
  async FACTORY_RESET(stage) {
    const { phone, person } = stage.staffed;
    const tried = await stage.give('factoryReset', { confirmMac: phone.mac });
    const name = WORDS[person.vendor].forgotten;
    await phone.settings.waitFor(name, (url) => (url ?? '') === '', PATIENCE);
    // The phone has forgotten where to report that it is up again.
    return { status: tried.status, transport: tried.transport };
  },
  async PROVISION(stage) {
    const tried = await stage.give('provision', { allowReboot: true });
    const effect = await snom(stage)?.effects.waitFor(
      ({ type }) => type === 'provisionedAgain' || type === 'rebooted',
      PATIENCE,
    );
    if (effect?.type === 'rebooted') await started(stage);
    return tried;
  },
  async UPGRADE_FIRMWARE(stage) {
    const url = 'http://firmware.example/firmware.bin';
    const { status, transport } = await stage.give('upgradeFirmware', { url });
    await snom(stage)?.effects.waitFor((effect) => effect.type === 'firmwareLoaded' && effect.url === url, PATIENCE);
    return { status, transport };
  },
  async LOG_OFF(stage) {
    const tried = await stage.give('logOff', { account: 1 });
    await stage.event('UNREGISTERED', ({ registrationState }) => registrationState === 'UNREGISTERED');
    return tried;
  },
  async REREGISTER(stage) {
    const isRegistered = stage.staffed.phone.accounts[0]?.registered === true;
    const tried = await stage.give('reregister', { account: 1 });
    await snom(stage)?.effects.waitFor(({ type }) => type === 'reregistered', PATIENCE);
    // A phone that cannot be logged off from afar tells nothing new.
    if (isRegistered) return tried;
    await stage.event('REGISTERED', ({ registrationState }) => registrationState === 'REGISTERED');
    return tried;
  },
  async CLEAR_CALL_LISTS(stage) {
    const tried = await stage.give('clearCallLists', { lists: ['DIALED', 'MISSED', 'RECEIVED'] });
    await snom(stage)?.effects.waitFor(
      (effect) => effect.type === 'callListCleared' && effect.list === 'received',
      PATIENCE,
    );
    return tried;
  },
};

function snom({ staffed }: Stage): VirtualSnomPhone | null {
  return staffed.phone instanceof VirtualSnomPhone ? staffed.phone : null;
}

/** Waits until the phone has understood a document with that text. */
async function shows({ staffed: { phone } }: Stage, text: string): Promise<void> {
  const holds = (document: unknown): boolean => JSON.stringify(document).includes(text);
  if (phone instanceof VirtualSnomPhone) await phone.browser.shown.waitFor(holds, PATIENCE);
  else if (phone instanceof VirtualYealinkPhone) await phone.pushed.waitFor(holds, PATIENCE);
  // It has shown it by the time it answers.
  else if (phone instanceof VirtualPolyPhone) expect(phone.screen.content.lines).toContain(text);
  else throw new Error(`Nobody knows how to look at the display of ${phone.model}.`);
}

async function started(stage: Stage): Promise<void> {
  // Poly phones tell of a start by the registration that comes with it.
  if (stage.staffed.person.vendor === 'poly')
    await stage.event('REGISTERED', ({ registrationState }) => registrationState === 'REGISTERED');
  else await stage.event('STARTED', ({ deviceEventKind }) => deviceEventKind === 'STARTED');
}

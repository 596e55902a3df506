import assert from 'node:assert/strict';
import type { CallState } from '@hookswitch/core';
import type { PhoneObservation } from './harness.ts';
import type { ConformanceCases, Proof } from './sample.ts';

/** The name of a setting that no phone has. */
export const UNKNOWN_SETTING = 'conformance_unknown';

/** How long a report may take: real phones are slow. */
const PATIENCE_MS = 4000;

/** Asserts the states of the phone's calls, oldest first. */
function callsAre(...states: readonly CallState[]): (proof: Proof<unknown>) => void {
  return ({ after }) => assert.deepEqual(statesOf(after), states, 'the states of the calls');
}

function statesOf({ calls }: PhoneObservation): readonly CallState[] {
  return calls.map(({ state }) => state);
}

/** Asserts that the phone calls a number. */
function calls(number: string, after: PhoneObservation): void {
  const call = after.calls.find(({ remote }) => remote === number);
  assert.ok(call !== undefined, `a call to ${number}; there is ${JSON.stringify(after.calls)}`);
}

/** The phone has no call any more, and the far end that rings has it. */
function sentOn(proof: Proof<unknown>): void {
  callsAre()(proof);
  const { rings } = proof.scene.phone.numbers;
  assert.ok(proof.after.reached.includes(rings), `the call is at ${rings}; it is at ${proof.after.reached.join(', ')}`);
}

const digits =
  (text: string) =>
  ({ after }: Proof<unknown>) =>
    assert.equal(after.digits, text, 'digits that were heard');

/**
 * How each capability is tried, in the contract's order. The samples say what a gateway would be asked for; their proofs
 * look at the phone itself, since a 200 from a phone proves nothing.
 */
export const CASES: ConformanceCases = {
  PRESS_KEYS: {
    pressKeys: {
      samples: [
        {
          name: 'digits in a call',
          situation: 'TALKING',
          run: (rung, { context }) =>
            rung.pressKeys({ keys: [{ key: '4' }, { key: '2', pauseMs: 10 }, { key: '#' }] }, context),
          proof: digits('42#'),
        },
        {
          name: 'a key held down',
          situation: 'TALKING',
          mayBeRefused: true,
          run: (rung, { context }) => rung.pressKeys({ keys: [{ key: '7', holdMs: 10 }] }, context),
          proof: digits('7'),
        },
        {
          name: 'a function key',
          situation: 'IDLE',
          run: (rung, { context }) => rung.pressKeys({ keys: [{ key: 'FUNCTION_1' }] }, context),
        },
      ],
    },
  },
  TOUCH: {
    touch: {
      samples: [
        {
          name: 'a tap and a drag',
          situation: 'IDLE',
          run: (rung, { context }) =>
            rung.touch(
              {
                touches: [
                  { xPx: 10, yPx: 20, action: 'TAP' },
                  { xPx: 0, yPx: 0, action: 'PRESS' },
                  { xPx: 30, yPx: 40, action: 'RELEASE' },
                ],
              },
              context,
            ),
        },
      ],
    },
  },
  DIAL: {
    dial: {
      samples: [
        {
          name: 'a number',
          situation: 'IDLE',
          run: (rung, { context, phone }) => rung.dial({ to: phone.numbers.rings }, context),
          proof: ({ after, scene }) => calls(scene.phone.numbers.rings, after),
        },
        {
          name: 'a number from an account',
          situation: 'IDLE',
          run: (rung, { context, phone }) => rung.dial({ to: phone.numbers.rings, from: phone.accounts[0] }, context),
          proof: ({ after, scene }) => calls(scene.phone.numbers.rings, after),
        },
      ],
    },
  },
  ANSWER: {
    answer: {
      samples: [
        {
          name: 'the call named',
          situation: 'RINGING',
          run: (rung, { context, calls: [call] }) => rung.answer({ call }, context),
          proof: callsAre('CONNECTED'),
        },
        {
          name: 'the call in focus',
          situation: 'RINGING',
          run: (rung, { context }) => rung.answer({}, context),
          proof: callsAre('CONNECTED'),
        },
      ],
    },
  },
  HANG_UP: {
    hangUp: {
      samples: [
        {
          name: 'the call named',
          situation: 'TALKING',
          run: (rung, { context, calls: [call] }) => rung.hangUp({ call }, context),
          proof: callsAre(),
        },
        {
          name: 'the call in focus',
          situation: 'TALKING',
          run: (rung, { context }) => rung.hangUp({}, context),
          proof: callsAre(),
        },
        {
          name: 'a call that rings',
          situation: 'RINGING',
          run: (rung, { context, calls: [call] }) => rung.hangUp({ call }, context),
          proof: callsAre(),
        },
      ],
    },
  },
  HANG_UP_ALL: {
    hangUpAll: {
      samples: [
        {
          name: 'all calls',
          situation: 'TALKING',
          run: (rung, { context }) => rung.hangUpAll({}, context),
          proof: callsAre(),
        },
        {
          name: 'the calls named',
          situation: 'TALKING',
          run: (rung, { context, calls }) => rung.hangUpAll({ calls }, context),
          proof: callsAre(),
        },
        {
          name: 'no call',
          situation: 'IDLE',
          run: (rung, { context }) => rung.hangUpAll({ calls: [] }, context),
          proof: callsAre(),
        },
      ],
    },
  },
  REJECT: {
    reject: {
      samples: [
        {
          name: 'the call named',
          situation: 'RINGING',
          run: (rung, { context, calls: [call] }) => rung.reject({ call }, context),
          proof: callsAre(),
        },
        {
          name: 'the call that rings',
          situation: 'RINGING',
          run: (rung, { context }) => rung.reject({}, context),
          proof: callsAre(),
        },
      ],
    },
  },
  DEFLECT: {
    deflect: {
      samples: [
        {
          name: 'the call named',
          situation: 'RINGING',
          run: (rung, { context, calls: [call], phone }) => rung.deflect({ call, to: phone.numbers.rings }, context),
          proof: sentOn,
        },
      ],
    },
  },
  HOLD: {
    setHold: {
      samples: [
        {
          name: 'hold',
          situation: 'TALKING',
          run: (rung, { context, calls: [call] }) => rung.setHold({ call, held: true }, context),
          proof: callsAre('HELD'),
        },
        {
          name: 'resume',
          situation: 'HOLDING',
          run: (rung, { context, calls: [call] }) => rung.setHold({ call, held: false }, context),
          proof: callsAre('CONNECTED'),
        },
        {
          name: 'hold what is held',
          situation: 'HOLDING',
          run: (rung, { context, calls: [call] }) => rung.setHold({ call, held: true }, context),
          proof: callsAre('HELD'),
        },
      ],
    },
  },
  MUTE: {
    setMuted: {
      samples: [
        {
          name: 'mute',
          situation: 'TALKING',
          run: (rung, { context }) => rung.setMuted({ muted: true }, context),
          proof: ({ after }) => assert.equal(after.muted, true, 'the microphone is mute'),
        },
        {
          name: 'unmute what is not mute',
          situation: 'TALKING',
          run: (rung, { context }) => rung.setMuted({ muted: false }, context),
          proof: ({ after }) => assert.equal(after.muted, false, 'the microphone is not mute'),
        },
      ],
    },
  },
  DTMF: {
    sendDtmf: {
      samples: [
        {
          name: 'into the call in focus',
          situation: 'TALKING',
          run: (rung, { context }) => rung.sendDtmf({ digits: '15*#' }, context),
          proof: digits('15*#'),
        },
        {
          name: 'into the call named',
          situation: 'TALKING',
          run: (rung, { context, calls: [call] }) => rung.sendDtmf({ call, digits: '0' }, context),
          proof: digits('0'),
        },
      ],
    },
  },
  TRANSFER_BLIND: {
    transfer: {
      samples: [
        {
          name: 'the call named',
          situation: 'TALKING',
          run: (rung, { context, calls: [call], phone }) =>
            rung.transfer({ call, to: phone.numbers.rings, kind: 'BLIND' }, context),
          proof: sentOn,
        },
        {
          name: 'the call in focus',
          situation: 'TALKING',
          run: (rung, { context, phone }) => rung.transfer({ to: phone.numbers.rings, kind: 'BLIND' }, context),
          proof: sentOn,
        },
      ],
    },
  },
  TRANSFER_ATTENDED: {
    transfer: {
      samples: [
        {
          name: 'the call named',
          situation: 'TALKING',
          run: (rung, { context, calls: [call], phone }) =>
            rung.transfer({ call, to: phone.numbers.answers, kind: 'ATTENDED' }, context),
          proof: callsAre('HELD', 'CONNECTED'),
        },
      ],
    },
    completeTransfer: {
      samples: [
        {
          name: 'the calls named',
          situation: 'CONSULTING',
          run: (rung, { context, calls: [heldCall, consultationCall] }) =>
            rung.completeTransfer({ heldCall, consultationCall }, context),
          proof: callsAre(),
        },
        {
          name: 'the calls that there are',
          situation: 'CONSULTING',
          run: (rung, { context }) => rung.completeTransfer({}, context),
          proof: callsAre(),
        },
      ],
    },
    cancelTransfer: {
      samples: [
        {
          name: 'the consultation named',
          situation: 'CONSULTING',
          run: (rung, { context, calls: [, consultationCall] }) => rung.cancelTransfer({ consultationCall }, context),
          proof: callsAre('CONNECTED'),
        },
      ],
    },
  },
  CONFERENCE: {
    conference: {
      samples: [
        {
          name: 'the calls named',
          situation: 'TWO_CALLS',
          run: (rung, { context, calls }) => rung.conference({ calls }, context),
          proof: inConference,
        },
        {
          name: 'all calls',
          situation: 'TWO_CALLS',
          run: (rung, { context }) => rung.conference({}, context),
          proof: inConference,
        },
      ],
    },
  },
  DO_NOT_DISTURB: {
    setDoNotDisturb: {
      samples: [
        {
          name: 'on',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setDoNotDisturb({ enabled: true }, context),
          proof: ({ after }) => assert.equal(after.doNotDisturb, true, 'do not disturb is on'),
        },
        {
          name: 'on and off again',
          situation: 'IDLE',
          run: async (rung, { context, phone }) => {
            await rung.setDoNotDisturb({ enabled: true }, context);
            await phone.observe();
            return rung.setDoNotDisturb({ enabled: false }, context);
          },
          proof: ({ after }) => assert.equal(after.doNotDisturb, false, 'do not disturb is off'),
        },
      ],
    },
  },
  FORWARDING: {
    setForwarding: {
      repeatable: true,
      samples: [
        {
          name: 'always',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setForwarding({ kind: 'ALWAYS', enabled: true, target: '2999' }, context),
          proof: ({ after }) => assert.deepEqual(after.forwards.ALWAYS, { enabled: true, target: '2999' }),
        },
        {
          name: 'on busy',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setForwarding({ kind: 'BUSY', enabled: true, target: '2999' }, context),
          proof: ({ after }) => assert.deepEqual(after.forwards.BUSY, { enabled: true, target: '2999' }),
        },
        {
          name: 'on no answer',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setForwarding({ kind: 'NO_ANSWER', enabled: true, target: '2999' }, context),
          proof: ({ after }) => assert.deepEqual(after.forwards.NO_ANSWER, { enabled: true, target: '2999' }),
        },
        {
          name: 'on no answer after 24 seconds',
          situation: 'IDLE',
          mayBeRefused: true,
          run: (rung, { context }) =>
            rung.setForwarding({ kind: 'NO_ANSWER', enabled: true, target: '2999', afterSeconds: 24 }, context),
          proof: ({ after }) => assert.deepEqual(after.forwards.NO_ANSWER, { enabled: true, target: '2999' }),
        },
        {
          name: 'always, and off again',
          situation: 'IDLE',
          run: async (rung, { context, phone }) => {
            await rung.setForwarding({ kind: 'ALWAYS', enabled: true, target: '2999' }, context);
            await phone.observe();
            return rung.setForwarding({ kind: 'ALWAYS', enabled: false }, context);
          },
          proof: ({ after }) => assert.equal(after.forwards.ALWAYS.enabled, false, 'forwarding is off'),
        },
      ],
    },
  },
  LED: {
    setLed: {
      repeatable: true,
      samples: [
        {
          name: 'a red light',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setLed({ key: 'FUNCTION_1', light: 'ON', color: 'RED' }, context),
          proof: ({ before, after }) => assert.notDeepEqual(after.lights, before.lights, 'a light has changed'),
        },
        {
          name: 'a light of the colour that the phone gives it',
          situation: 'IDLE',
          run: (rung, { context }) => rung.setLed({ key: 'FUNCTION_1', light: 'ON' }, context),
          proof: ({ before, after }) => assert.notDeepEqual(after.lights, before.lights, 'a light has changed'),
        },
        {
          name: 'on and off again',
          situation: 'IDLE',
          run: async (rung, { context, phone }) => {
            await rung.setLed({ key: 'FUNCTION_1', light: 'BLINK_FAST', color: 'RED' }, context);
            await phone.observe();
            return rung.setLed({ key: 'FUNCTION_1', light: 'OFF' }, context);
          },
          proof: ({ before, after }) => assert.deepEqual(after.lights, before.lights, 'the lights are as before'),
        },
      ],
    },
  },
  CONFIGURE_KEYS: {
    configureKey: {
      repeatable: true,
      samples: [
        {
          name: 'a speed dial',
          situation: 'IDLE',
          run: (rung, { context }) =>
            rung.configureKey(
              { key: 'FUNCTION_2', function: 'SPEED_DIAL', value: '2999', label: 'Conformance' },
              context,
            ),
          proof: ({ after }) => {
            const written = Object.values(after.settings).filter((value) => value.includes('2999'));
            assert.equal(written.length, 1, 'one setting holds the number');
          },
        },
        {
          name: 'nothing',
          situation: 'IDLE',
          run: (rung, { context }) => rung.configureKey({ key: 'FUNCTION_2', function: 'NONE' }, context),
        },
      ],
    },
  },
  DISPLAY: {
    pushXml: {
      samples: [
        {
          name: "a document of the vendor's",
          situation: 'IDLE',
          run: (rung, { context, samples }) => rung.pushXml({ document: samples.document }, context),
          proof: ({ after }) => assert.match(after.screen, /Conformance/, 'the text is on the display'),
        },
        {
          name: 'what is no XML',
          situation: 'IDLE',
          mayBeRefused: true,
          mayBeRejected: true,
          run: (rung, { context }) => rung.pushXml({ document: 'no document' }, context),
          proof: () => assert.fail('what is no XML is refused, by the driver beforehand or by the phone'),
        },
      ],
    },
    showMessage: {
      samples: [
        {
          name: 'a text',
          situation: 'IDLE',
          run: (rung, { context }) => rung.showMessage({ title: 'Notice', text: 'Lunch & <dinner>' }, context),
          proof: ({ after }) => assert.match(after.screen, /Lunch & <dinner>/, 'the text is on the display'),
        },
        {
          name: 'a text for a while, with a beep',
          situation: 'IDLE',
          mayBeRefused: true,
          run: (rung, { context }) =>
            rung.showMessage({ title: 'Notice', text: 'Grüße', timeoutSeconds: 30, beep: true }, context),
          proof: ({ after }) => assert.match(after.screen, /Grüße/, 'the text is on the display'),
        },
      ],
    },
  },
  SCREEN: {
    screen: {
      reads: true,
      samples: [
        {
          name: 'a picture',
          situation: 'IDLE',
          run: (rung, { context }) => rung.screen(context),
          proof: ({ value }) => {
            assert.match(value.mediaType, /^image\/\w+$/);
            assert.ok(value.bytes.length > 0, 'the picture has bytes');
          },
        },
      ],
    },
  },
  RINGTONE: {
    playRingtone: {
      samples: [
        {
          name: 'the first',
          situation: 'IDLE',
          run: (rung, { context }) => rung.playRingtone({ ringtone: 1 }, context),
        },
      ],
    },
  },
  PHONE_INFO: {
    phoneInfo: {
      reads: true,
      samples: [
        {
          name: 'who it is',
          situation: 'IDLE',
          run: (rung, { context }) => rung.phoneInfo(context),
          proof: ({ value, profile }) => {
            const told = [value.model, value.firmware, value.mac].filter((fact) => fact !== null);
            assert.ok(told.length > 0, 'the phone tells something of itself');
            for (const fact of ['model', 'firmware', 'mac'] as const) {
              assert.equal(value[fact] ?? profile[fact], profile[fact], fact);
            }
            assert.ok(
              value.accounts.every(({ account }) => account >= 1),
              'accounts count from 1',
            );
          },
        },
      ],
    },
  },
  READ_SETTINGS: {
    settings: {
      reads: true,
      samples: [
        {
          name: 'one by its name',
          situation: 'IDLE',
          run: (rung, { context, samples }) => rung.settings([samples.readable, UNKNOWN_SETTING], context),
          proof: ({ value, scene, after }) => {
            const names = value.map(({ name }) => name);
            assert.deepEqual(names, [scene.samples.readable], 'the name that is known, and no other');
            assert.equal(value[0]?.value, after.settings[scene.samples.readable], 'what the phone holds');
          },
        },
        {
          name: 'all',
          situation: 'IDLE',
          run: (rung, { context }) => rung.settings(undefined, context),
          proof: ({ value, scene }) => {
            assert.ok(
              value.some(({ name }) => name === scene.samples.readable),
              'the known name is among them',
            );
          },
        },
      ],
    },
  },
  WRITE_SETTINGS: {
    writeSettings: {
      repeatable: true,
      samples: [
        {
          name: 'one',
          situation: 'IDLE',
          run: (rung, { context, samples }) => rung.writeSettings({ settings: [samples.setting] }, context),
          proof: ({ after, scene }) => {
            const { name, value } = scene.samples.setting;
            assert.equal(after.settings[name], value, `the setting ${name}`);
          },
        },
      ],
    },
  },
  ACTION_URLS: {
    configureActionUrls: {
      repeatable: true,
      samples: [
        {
          name: 'all that are offered',
          situation: 'IDLE',
          run: (rung, { context, actionUrls }) => rung.configureActionUrls({ urls: actionUrls.offered }, context),
          proof: async ({ value, after, scene, reports, isReport }) => {
            const { offered } = scene.actionUrls;
            for (const { setting, url } of offered) assert.equal(after.settings[setting], url, setting);
            const strange = value.unreadable.filter((name) => !offered.some(({ setting }) => setting === name));
            assert.deepEqual(strange, [], 'only settings that were to be written are named as unreadable');
            await scene.phone.callIn();
            await reports.waitFor((report) => isReport(report, 'CALL INCOMING'), {
              what: 'the report of a call',
              timeoutMs: PATIENCE_MS,
            });
          },
        },
      ],
    },
  },
  VERIFY_EVENTS: {
    verifyEventPath: {
      repeatable: true,
      samples: [
        {
          name: 'the harmless event arrives',
          situation: 'IDLE',
          run: (rung, { context, actionUrls: { offered, testOnly } }) =>
            rung.verifyEventPath({ urls: [...offered, ...testOnly] }, context),
          proof: async ({ before, after, reports, isReport }) => {
            await reports.waitFor((report) => isReport(report, 'DEVICE EVENT_PATH_TESTED'), {
              what: 'the report of the test',
              timeoutMs: PATIENCE_MS,
            });
            assert.equal(after.screen, before.screen, 'the display shows nothing of it');
            assert.deepEqual(after.calls, before.calls, 'no call comes of it');
          },
        },
      ],
    },
  },
  CALL_SNAPSHOT: {
    refreshCalls: {
      reads: true,
      samples: [
        {
          name: 'one call',
          situation: 'TALKING',
          run: (rung, { context }) => rung.refreshCalls({}, context),
          proof: ({ value, scene }) => {
            assert.deepEqual(
              value.calls.map(({ state }) => state),
              ['CONNECTED'],
              'one call, and it is connected',
            );
            assert.deepEqual(value.calls[0]?.vendorIds, scene.calls[0]?.vendorIds, 'by the ids of action URLs');
          },
        },
        {
          name: 'no call',
          situation: 'IDLE',
          run: (rung, { context }) => rung.refreshCalls({}, context),
          proof: ({ value }) => assert.deepEqual(value.calls, []),
        },
      ],
    },
  },
  REBOOT: {
    reboot: {
      vanishes: true,
      samples: [
        {
          name: 'without a call',
          situation: 'IDLE',
          run: (rung, { context }) => rung.reboot({ evenInCall: false }, context),
        },
        {
          name: 'in a call',
          situation: 'TALKING',
          run: (rung, { context }) => rung.reboot({ evenInCall: true }, context),
        },
      ],
    },
  },
  FACTORY_RESET: {
    factoryReset: {
      vanishes: true,
      samples: [{ name: 'at once', situation: 'IDLE', run: (rung, { context }) => rung.factoryReset({}, context) }],
    },
  },
  PROVISION: {
    provision: {
      vanishes: true,
      samples: [
        {
          name: 'at once',
          situation: 'IDLE',
          run: (rung, { context }) => rung.provision({ allowReboot: true }, context),
        },
      ],
    },
  },
  UPGRADE_FIRMWARE: {
    upgradeFirmware: {
      vanishes: true,
      samples: [
        {
          name: 'from an address',
          situation: 'IDLE',
          run: (rung, { context }) =>
            rung.upgradeFirmware({ url: 'http://firmware.example/phone/1.2.3/image.bin' }, context),
        },
      ],
    },
  },
  LOG_OFF: {
    logOff: {
      samples: [
        {
          name: 'the first account',
          situation: 'IDLE',
          run: (rung, { context }) => rung.logOff({ account: 1 }, context),
          proof: ({ after }) => assert.equal(after.registered[0], false, 'the account is logged off'),
        },
        {
          name: 'all accounts',
          situation: 'IDLE',
          run: (rung, { context }) => rung.logOff({}, context),
          proof: ({ after }) => assert.ok(!after.registered.includes(true), 'all accounts are logged off'),
        },
      ],
    },
  },
  REREGISTER: {
    reregister: {
      samples: [
        {
          name: 'the first account',
          situation: 'IDLE',
          run: (rung, { context }) => rung.reregister({ account: 1 }, context),
          proof: ({ after }) => assert.equal(after.registered[0], true, 'the account is registered'),
        },
        { name: 'all accounts', situation: 'IDLE', run: (rung, { context }) => rung.reregister({}, context) },
      ],
    },
  },
  CLEAR_CALL_LISTS: {
    clearCallLists: {
      samples: [
        {
          name: 'all',
          situation: 'IDLE',
          run: (rung, { context }) => rung.clearCallLists({ lists: ['DIALED', 'MISSED', 'RECEIVED'] }, context),
        },
      ],
    },
  },
};

function inConference({ after }: Proof<unknown>): void {
  assert.deepEqual(
    after.calls.map(({ conference }) => conference),
    [true, true],
    'both calls are in a conference',
  );
}

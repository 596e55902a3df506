import { conformance, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { describe, expect, it } from 'vitest';
import { driver } from '../src/index.ts';
import { createVirtualYealinkPhone, openTo } from '../src/virtual/index.ts';

const WEB = { username: 'admin', password: 'conformance-web' };
const PUSH = { username: 'pusher', password: 'conformance-push' };

/** What no Yealink phone can do over HTTP. */
const LACKS = [
  'TOUCH',
  'DEFLECT',
  'RINGTONE',
  'READ_SETTINGS',
  'VERIFY_EVENTS',
  'CALL_SNAPSHOT',
  'UPGRADE_FIRMWARE',
  'LOG_OFF',
  'REREGISTER',
  'CLEAR_CALL_LISTS',
] as const;

function phone(model: string, firmware: string, more: Partial<PhoneUnderTest> = {}): PhoneUnderTest {
  const mac = '00156500c0de';
  return {
    name: `${model} with ${firmware}`,
    model,
    firmware,
    mac: '00:15:65:00:c0:de',
    options: { pushUsername: PUSH.username },
    lacks: LACKS,
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = createVirtualYealinkPhone({
        model,
        firmware,
        mac,
        exchange,
        credentials: WEB,
        settings: {
          ...openTo('any'),
          'push_xml.username': PUSH.username,
          'push_xml.password': PUSH.password,
        },
      });
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB, push: PUSH },
        callIdName: 'call_id',
        user: {
          answer: () => void virtual.user.answer(),
          hold: () => virtual.user.press('F_HOLD'),
          dial: (number) => void virtual.user.dial(number),
          consult: (number) => {
            virtual.user.press('F_TRANSFER');
            virtual.user.type(number);
            virtual.user.press('OK');
          },
        },
        settled: () => virtual.whenUp(),
        handlerErrors: () => virtual.handlerErrors,
      });
    },
    ...more,
  };
}

const suite = conformance(
  { describe, it },
  {
    driver,
    phones: [phone('T46U', '108.86.0.45'), phone('T54W', '96.85.0.5'), phone('T58W', '150.86.0.5')],
    samples: {
      document: '<YealinkIPPhoneTextScreen><Title>Kit</Title><Text>Conformance</Text></YealinkIPPhoneTextScreen>',
      setting: { name: 'phone_setting.backlight_time', value: '17' },
      readable: '',
    },
  },
);

it('has a case for all that the driver claims', () => {
  expect(suite.count).toBe(0);
});

import type { Person } from '../../src/people.ts';

type Setting = readonly [name: string, value: string];

/** What the trials need in a vendor's own words; null: its phones claim nothing that it is for. */
interface VendorWords {
  /** The light of function key 3, and what has to be done for it. */
  readonly led: { readonly key: string; readonly prepare: Readonly<Record<string, string>> } | null;
  /** What function key 2 holds as a speed dial to 300. */
  readonly speedDial: Setting | null;
  /** A document that says that cake is left. */
  readonly document: string;
  /** One that may be written. */
  readonly setting: Setting;
  /** An action URL that holds what it should. */
  readonly actionUrl: string;
  /** One that a factory reset empties. */
  readonly forgotten: string;
  /** A key besides the digits. */
  readonly secondKey: string;
}

/** By vendor. */
export const WORDS: Readonly<Record<Person['vendor'], VendorWords>> = {
  snom: {
    led: { key: 'P3', prepare: { function: 'BUTTON' } },
    speedDial: ['fkey1', 'speed 300'],
    document: '<SnomIPPhoneText><Title>Lunch</Title><Text>Cake is left.</Text></SnomIPPhoneText>',
    setting: ['language', 'Deutsch'],
    actionUrl: 'action_missed_url',
    forgotten: 'action_incoming_url',
    secondKey: 'CANCEL',
  },
  yealink: {
    led: { key: 'LINE3', prepare: { function: 'SPEED_DIAL', value: '300' } },
    speedDial: ['linekey.2.value', '300'],
    document: '<YealinkIPPhoneTextScreen><Title>Lunch</Title><Text>Cake is left.</Text></YealinkIPPhoneTextScreen>',
    setting: ['phone_setting.idle_clock_display.enable', '0'],
    actionUrl: 'action_url.missed_call',
    forgotten: 'action_url.incoming_call',
    secondKey: 'CANCEL',
  },
  poly: {
    led: null,
    speedDial: null,
    document: '<PolycomIPPhone><Data priority="Critical"><p>Cake is left.</p></Data></PolycomIPPhone>',
    setting: ['up.screenCapture.enabled', '1'],
    actionUrl: 'apps.telNotification.URL',
    forgotten: 'apps.telNotification.URL',
    secondKey: 'CANCEL',
  },
  // It takes no settings and no documents.
  grandstream: {
    led: null,
    speedDial: null,
    document: '',
    setting: ['', ''],
    actionUrl: 'Incoming Call',
    forgotten: 'Incoming Call',
    secondKey: 'OK',
  },
};

import {
  type ActionUrl,
  accepted,
  type CapabilityMap,
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
  type SettingValue,
} from '@hookswitch/core';
import { ACTION_URL_ROWS, TEST_SETTINGS } from '../action-urls.table.ts';
import type { SnomPhone } from '../phone.ts';
import { isReadByCsta, wrongSetting } from '../settings.ts';
import { fireTest, setSettings } from '../wire/csta-requests.ts';
import { refuse } from './arguments.ts';
import { sendCsta } from './send.ts';
import { differences, readByCsta, sendSettings, settingsDiffer } from './settings.ts';
import { caught, isDone, withState } from './steps.ts';

type Configured = Outcome<{ readonly unreadable: readonly string[] }>;

/** Why URLs cannot be written; null: they can. */
function wrongUrls(urls: readonly ActionUrl[]): Outcome<never> | null {
  if (urls.length === 0) return refuse('urls', 'There is no action URL to write.');
  for (const [index, { setting, url }] of urls.entries()) {
    if (!ACTION_URL_ROWS.some((row) => row.setting === setting)) {
      return refuse(`urls.${index}.setting`, `${setting} is no action URL of Snom phones.`);
    }
    const wrong = wrongSetting({ name: setting, value: url });
    if (wrong !== null) return refuse(`urls.${index}.url`, wrong.why);
  }
  return null;
}

function settingsOf(urls: readonly ActionUrl[]): readonly SettingValue[] {
  return urls.map(({ setting, url }) => ({ name: setting, value: url }));
}

/**
 * Writes action URLs: those of CSTA's list by SetSettings where they differ, the others by `dummy.htm`; then reads back
 * what CSTA tells. What it does not tell is named in the value.
 */
export function actionUrlsByCsta(phone: SnomPhone): CapabilityMap['ACTION_URLS'] {
  return {
    async configureActionUrls({ urls }, context) {
      const wrong = wrongUrls(urls);
      if (wrong !== null) return wrong;
      const settings = settingsOf(urls);
      const readable = settings.filter(({ name }) => isReadByCsta(name));
      const others = settings.filter(({ name }) => !isReadByCsta(name));
      const unreadable = others.map(({ name }) => name);
      const before = await readByCsta(phone, context);
      if (!isDone(before)) return before;
      const differ = differences(readable, before.value).map(({ name }) => name);
      const written = await write(phone, context, {
        readable: readable.filter(({ name }) => differ.includes(name)),
        others,
      });
      if (!isDone(written)) return written;
      if (differ.length > 0) {
        const after = await caught(() => readByCsta(phone, context, readable));
        if (!isDone(after)) return accepted({ unreadable: settings.map(({ name }) => name) });
        const still = differences(readable, after.value);
        if (still.length > 0) return settingsDiffer(still);
      }
      // What nobody can read is only the phone's word: the whole is proven where all of it could be read.
      if (unreadable.length > 0) return accepted({ unreadable });
      return { status: 'CONFIRMED', value: { unreadable }, changed: differ.length > 0 };
    },
  };
}

interface Portions {
  readonly readable: readonly SettingValue[];
  readonly others: readonly SettingValue[];
}

async function write(phone: SnomPhone, context: DriverContext, { readable, others }: Portions): Promise<Outcome> {
  const first: Outcome =
    readable.length === 0
      ? { status: 'ACCEPTED', value: undefined }
      : await sendCsta(phone, context, setSettings(readable));
  if (!isDone(first) || others.length === 0) return first;
  const second = await caught(() => sendSettings(others, context));
  if (isDone(second)) return second;
  const names = readable.map(({ name }) => name).join(', ');
  return readable.length === 0 ? second : withState(second, `Written were ${names}; the others were not.`);
}

/** Writes action URLs by `dummy.htm`. The phone cannot be asked for them, so all are named in the value. */
export function actionUrlsByPage(): CapabilityMap['ACTION_URLS'] {
  return {
    async configureActionUrls({ urls }, context): Promise<Configured> {
      const wrong = wrongUrls(urls);
      if (wrong !== null) return wrong;
      const outcome = await sendSettings(settingsOf(urls), context);
      if (!isDone(outcome)) return outcome;
      return accepted({ unreadable: urls.map(({ setting }) => setting) });
    },
  };
}

/**
 * Fires the action URL for tests. Its setting has two names, "action_fwtest_url" on Snom's page and
 * `action_firewall_test` in phones' dumps: each is written by a request of its own, so that a phone that knows only one
 * takes that.
 */
export function verifyByCsta(phone: SnomPhone): CapabilityMap['VERIFY_EVENTS'] {
  return {
    async verifyEventPath({ urls }, context) {
      const tests = TEST_SETTINGS.flatMap((name) => urls.find(({ setting }) => setting === name) ?? []);
      const [first] = tests;
      if (first === undefined) return refuse('urls', `It needs a URL for ${TEST_SETTINGS.join(' or ')}.`);
      let refusal: Outcome = notHere('The phone took no URL for the test.');
      let taken = 0;
      for (const setting of settingsOf(tests)) {
        const outcome = await sendCsta(phone, context, setSettings([setting]));
        if (isDone(outcome)) taken += 1;
        else if (outcome.status === 'UNKNOWN') return outcome;
        else if (refusal.status === 'NOT_HERE') refusal = outcome;
      }
      if (taken === 0) return refusal;
      const fired = await sendCsta(phone, context, fireTest());
      return fired.status === 'NOT_HERE'
        ? failed(phoneRejected(`${fired.reason} The test URL is set, but nothing fires it.`))
        : fired;
    },
  };
}

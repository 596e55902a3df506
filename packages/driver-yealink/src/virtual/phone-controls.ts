import type { CallLeg, VirtualReply } from '@hookswitch/driver-kit/virtual';
import { executeKey } from './execute-keys.table.ts';
import { type ExecuteUri, parseExecuteUri } from './execute-uri.ts';
import { KeyPad } from './key-pad.ts';
import { KeyRunner } from './key-runner.ts';
import { setLineLed } from './line-leds.ts';
import type { PhoneBase } from './phone-base.ts';
import type { PhoneCalls } from './phone-calls.ts';
import { PushReceiver } from './push-receiver.ts';
import { parsePushedObject } from './pushed-object.ts';
import { XmlBrowser } from './xml-browser.ts';

/** What keys do that concern the phone as a whole. */
export interface PhoneCommands {
  readonly reboot: () => VirtualReply;
  readonly factoryReset: () => VirtualReply;
  readonly autoProvision: () => void;
  readonly voiceMailNumber: string;
}

/** What keys, pushes and pages act through. */
export interface PhoneControls {
  readonly browser: XmlBrowser;
  readonly keyPad: KeyPad;
  readonly keys: KeyRunner;
  readonly push: PushReceiver;
}

/** Makes the keys, the XML browser and the push receiver of a phone. */
export const phoneControls = (base: PhoneBase, calls: PhoneCalls, commands: PhoneCommands): PhoneControls => {
  const { desk, consultation, registrations } = calls;
  const { settings, features, quirks, reporter } = base;
  const browser: XmlBrowser = new XmlBrowser({
    run: (uri) => execute(base, controls, parseExecuteUri(uri)),
    dial: (number) => void desk.dial(number),
    configure: (line) => void settings.applyLine(line),
    secondMs: base.secondMs,
  });
  const keyPad = new KeyPad({
    desk,
    consultation,
    browser,
    features,
    quirks,
    onKey: (event) => reporter.report(event, { leg: desk.current }),
    voiceMailNumber: () => settings.get('voice_mail.number.1') ?? commands.voiceMailNumber,
    lastDialed: () => base.state.lastDialed,
  });
  const keys = new KeyRunner({
    ...base,
    ...commands,
    desk,
    consultation,
    keyPad,
    accounts: () => registrations.accounts,
    lineOf: (account) => registrations.lineOf(account),
    openUrl: (setting, url, browse) => void openUrl(base, browser, { setting, url, browse, leg: desk.current }),
  });
  const push = new PushReceiver({
    settings,
    quirks,
    realm: base.login.settings.realm,
    now: base.now,
    inCall: () => desk.legs.length > 0,
    show: (object) => browser.show(object),
  });
  const controls: PhoneControls = { browser, keyPad, keys, push };
  return controls;
};

/** Shows the reply to an action URL, if it is an object. */
export const showReply = ({ quirks }: PhoneBase, { browser }: PhoneControls, body: string): void => {
  const object = quirks.showsActionUrlReplies ? parsePushedObject(body.trim()) : undefined;
  if (object) browser.show(object);
};

const execute = (base: PhoneBase, { browser, keyPad, keys }: PhoneControls, uri: ExecuteUri): void => {
  if (uri.kind === 'led') setLineLed(base.lights, uri, base.quirks.ledOffClearsAnyColor);
  else if (uri.kind === 'dial') keyPad.dialIfSet(uri.number);
  else if (uri.kind === 'fetch')
    void openUrl(base, browser, { setting: 'xml', url: uri.url, browse: true, leg: undefined });
  else if (uri.kind === 'key') {
    const key = executeKey(uri.name);
    if (key?.kind === 'line') keys.pressLine(key.number);
    else if (key?.kind === 'press') keyPad.press(key.key);
    else if (key?.kind === 'digit') keyPad.type(key.digit);
    else if (key?.kind === 'soft') keyPad.pressSoft(key.number);
  }
};

interface Page {
  readonly setting: string;
  readonly url: string;
  /** Whether a reply that is no XML object is a fault on the screen. */
  readonly browse: boolean;
  readonly leg: CallLeg | undefined;
}

/** Fetches a page and shows the object in it. */
const openUrl = async (base: PhoneBase, browser: XmlBrowser, page: Page): Promise<void> => {
  const fetched = await base.fetches.fire(page.setting, page.url, base.reporter.values({ leg: page.leg }));
  if (fetched === undefined) return;
  const object = parsePushedObject(fetched.reply?.body.trim() ?? '');
  if (object) browser.show(object);
  else if (page.browse) browser.showFault(fetched.reply ? 'File format error!' : 'Can not connect to the server!');
};

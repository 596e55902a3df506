import type { CallLeg, ObservableMap, PhoneAccount, PhoneFeatures, Screen } from '@hookswitch/driver-kit/virtual';
import type { CallDesk } from './call-desk.ts';
import type { KeyPad } from './key-pad.ts';
import type { RemoteControlPrompt } from './remote-control-prompt.ts';
import { SOFT_KEYS } from './soft-keys.table.ts';
import type { XmlBrowser } from './xml-browser.ts';

/** What the screen shows something of. */
export interface DisplayOptions {
  readonly screen: Screen;
  readonly model: string;
  readonly accounts: () => readonly PhoneAccount[];
  readonly desk: CallDesk;
  readonly keyPad: KeyPad;
  readonly browser: XmlBrowser;
  readonly prompt: RemoteControlPrompt;
  readonly features: PhoneFeatures;
  readonly settings: ObservableMap<string>;
}

/** Draws the screen from the state of the phone: what lies on top wins. */
export const drawScreen = (options: DisplayOptions): void => {
  options.screen.show(...(promptLines(options) ?? callLines(options) ?? browserLines(options) ?? idleLines(options)));
};

const promptLines = ({ prompt }: DisplayOptions): readonly string[] | undefined =>
  prompt.isPending ? ['Allow Remote Control?', '', 'OK / Cancel'] : undefined;

const callLines = ({ desk, keyPad, features }: DisplayOptions): readonly string[] | undefined => {
  const softKeys = Object.values(SOFT_KEYS[keyPad.softKeyPage()])
    .map(({ label }) => label)
    .join(' ');
  if (desk.legs.length === 0 && desk.typed === '' && desk.path === 'none') return undefined;
  const calls = desk.legs.map((leg) => `${stateOf(leg)} ${leg.remote.displayName} ${leg.remote.number}`);
  const typed = desk.typed === '' ? [] : [`> ${desk.typed}`];
  return [...calls, ...typed, ...(features.isOn('mute') ? ['Muted'] : []), softKeys];
};

const stateOf = (leg: CallLeg): string => {
  if (leg.state === 'ringing') return leg.direction === 'incoming' ? 'Incoming' : 'Ring Back';
  return { dialing: 'Calling', connected: 'Talking', held: 'On Hold', ended: 'Ended' }[leg.state];
};

const browserLines = ({ browser }: DisplayOptions): readonly string[] | undefined => {
  const object = browser.shown;
  if (object === undefined) return undefined;
  const items = object.items.map((item, at) => `${at === browser.selected ? '>' : ' '}${item.prompt}`);
  const typed = object.input ? [`[${browser.typed}]`] : [];
  const softKeys = object.softKeys.map(({ label }) => label).join(' ');
  return [object.title, ...object.lines, ...items, ...typed, softKeys].filter((line) => line !== '');
};

const idleLines = ({ model, accounts, browser, features, settings }: DisplayOptions): readonly string[] => {
  const lines = accounts()
    .filter((account) => account.enabled)
    .map((account) => settings.get(`linekey.${account.index}.label`) || account.label);
  return [model, ...lines, ...browser.statusLines, ...(features.isOn('dnd') ? ['DND'] : [])];
};

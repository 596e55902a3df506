import type { Light, ObservableMap, PhoneFeatures, Recorder, Screen } from '@hookswitch/driver-kit/virtual';
import type { ActionUrlReporter } from './action-urls/reporter.ts';
import type { Minibrowser } from './browser/minibrowser.ts';
import type { CallLists } from './calls/call-lists.ts';
import type { LineKeys } from './calls/line-keys.ts';
import type { Telephony } from './calls/telephony.ts';
import type { SnomEffect } from './effects.ts';
import type { Desk } from './keys/desk.ts';
import type { Keyboard } from './keys/keyboard.ts';
import type { SnomModel } from './models.ts';
import type { SnomQuirks } from './options.ts';
import type { Power } from './power.ts';
import type { SnomSettings } from './settings/snom-settings.ts';
import type { Buttons } from './sip/buttons.ts';
import type { SnomSip } from './sip/snom-sip.ts';

/** The parts of one virtual phone, as they see each other. */
export interface SnomParts {
  readonly profile: SnomModel;
  readonly firmware: string;
  readonly expansionKeys: number;
  /** `http://host:port` of its web server. */
  readonly address: string;
  /** The IP address of its web server. */
  readonly host: string;
  readonly quirks: SnomQuirks;
  readonly memory: SnomSettings;
  readonly features: PhoneFeatures;
  readonly lights: ObservableMap<Light>;
  readonly screen: Screen;
  readonly effects: Recorder<SnomEffect>;
  readonly telephony: Telephony;
  readonly lineKeys: LineKeys;
  readonly callLists: CallLists;
  readonly desk: Desk;
  readonly keyboard: Keyboard;
  readonly browser: Minibrowser;
  readonly reporter: ActionUrlReporter;
  readonly power: Power;
  readonly buttons: Buttons;
  /** Its SIP side; `undefined` where it has none. */
  readonly sip: SnomSip | undefined;
  /** Whether `FIX_LIL=true` was sent since the phone came up. */
  lineInfoLayerFixed: boolean;
  /** Draws the screen anew. */
  redraw(): void;
}

import {
  ActionUrlClient,
  Authenticator,
  type Light,
  ObservableMap,
  PhoneFeatures,
  Screen,
} from '@hookswitch/driver-kit/virtual';
import { ActionUrlReporter } from './action-url-reporter.ts';
import { PERIPHERALS, type Peripheral } from './action-url-values.ts';
import type { Gates } from './gates.ts';
import { type PhoneIdentity, phoneIdentity } from './identity.ts';
import { darkLineLeds } from './line-leds.ts';
import type { VirtualYealinkPhoneOptions } from './options.ts';
import { profileOf } from './quirks.ts';
import { RemoteControlPrompt } from './remote-control-prompt.ts';
import { PhoneSettings } from './settings.ts';

/** The login of the web pages as the phone leaves the factory. */
export const FACTORY_LOGIN = { username: 'admin', password: 'admin' };
const DEFAULT_LOCKOUT = { afterFailures: 3, forMs: 180_000 };

/** What a phone has before it has calls and keys. */
export interface PhoneBase extends Gates, PhoneIdentity {
  readonly settings: PhoneSettings;
  readonly features: PhoneFeatures;
  readonly lights: ObservableMap<Light>;
  readonly screen: Screen;
  /** Fires action URLs. */
  readonly actionUrls: ActionUrlClient;
  /** Fetches everything else: XML objects, URLs of keys, configuration files. */
  readonly fetches: ActionUrlClient;
  readonly reporter: ActionUrlReporter;
  readonly secondMs: number;
  readonly now: () => number;
  /** What changes and has no place of its own. */
  readonly state: {
    ip: string;
    vpnIp: string;
    lastDialed: string;
    readonly peripherals: Record<Peripheral, number>;
  };
}

/**
 * Makes the base of a phone. Throws as {@link phoneIdentity} does.
 * @param onReply called with the body of each reply to an action URL.
 */
export const phoneBase = (options: VirtualYealinkPhoneOptions, onReply: (body: string) => void): PhoneBase => {
  const identity = phoneIdentity(options);
  const { model, modelName, firmware, mac, userAgent } = identity;
  const { host = '127.0.0.1', now = Date.now, secondMs = 1000 } = options;
  const quirks = { ...profileOf(firmware), ...options.quirks };
  const settings = new PhoneSettings(options.settings);
  const state = {
    ip: options.ip ?? host,
    vpnIp: '',
    lastDialed: '',
    peripherals: Object.fromEntries(PERIPHERALS.map((name) => [name, 0])) as Record<Peripheral, number>,
  };
  const client = () =>
    new ActionUrlClient({
      userAgent,
      localAddress: host,
      unknown: 'keep',
      get escaping() {
        return quirks.escaping;
      },
    });
  const actionUrls = client();
  const facts = () => ({ mac, model: modelName, firmware, quirks, ...state });
  return {
    ...identity,
    quirks,
    settings,
    state,
    now,
    secondMs,
    features: new PhoneFeatures(),
    lights: new ObservableMap(darkLineLeds(model.lineKeys)),
    screen: new Screen(model.screen[0], model.screen[1]),
    login: webLogin(options, modelName),
    prompt: new RemoteControlPrompt({
      isShown: () => settings.get('features.show_action_uri_option') === '1',
      asksAgain: () => quirks.promptsAgainAfterDecline,
    }),
    actionUrls,
    fetches: client(),
    reporter: new ActionUrlReporter({ client: actionUrls, settings, facts, onReply }),
  };
};

const webLogin = (options: VirtualYealinkPhoneOptions, modelName: string): Authenticator => {
  const lockout = 'lockout' in options ? options.lockout : DEFAULT_LOCKOUT;
  // How newer web pages say it; what a locked phone answers on the servlet is not documented.
  const error = { webStatus: 'lock', lockTime: Math.ceil((lockout?.forMs ?? 0) / 60_000) };
  return new Authenticator(
    {
      scheme: 'basic',
      realm: `Yealink ${modelName}`,
      credentials: [options.credentials ?? FACTORY_LOGIN],
      lockout,
      lockedReply: {
        status: 403,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ret: 'failed', error }),
      },
    },
    options.now,
  );
};

import {
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  invalidCallState,
  notHere,
  type Outcome,
  type PhoneInfo,
  type PhoneScreen,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { SCREEN_PATHS } from '../options.ts';
import type { Traits } from '../traits.ts';
import { phonecfgRequest } from '../wire/action-uri.ts';
import { readPhonecfg } from '../wire/phonecfg.ts';
import { readScreen, screenRequest } from '../wire/screen.ts';
import { checkSync, checkSyncWithoutRestart } from './notify.ts';
import { send } from './places.ts';
import { act, atEachPath } from './press.ts';
import type { KeyWay } from './way.ts';

/** The phone goes away while it answers: a lost reply is the rule, and only its start-up event proves the effect. */
async function vanishing(what: string, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (!TransportError.is(error) || error.outcome.status !== 'UNKNOWN') throw error;
    return unknown(
      `The phone did not answer ${what}; it may be restarting already. Its action_url.setup_completed proves it. Do not repeat it before.`,
    );
  }
}

const actAndVanish = (way: KeyWay, key: string, context: DriverContext): Promise<Outcome> =>
  vanishing(key, () => act(way, key, context));

/** Why the phone must not be restarted now; null: it may. */
function inTheWay(command: Commands['reboot'], { calls: [call] }: DriverContext): Outcome<never> | null {
  if (call === undefined || command.evenInCall) return null;
  return failed(invalidCallState('The phone has a call. Set evenInCall to restart it nevertheless.', call.state));
}

/** `key=Reboot`. Refused while the phone has a call, unless that is wished. */
export async function reboot(way: KeyWay, command: Commands['reboot'], context: DriverContext): Promise<Outcome> {
  return inTheWay(command, context) ?? actAndVanish(way, 'Reboot', context);
}

/** `check-sync;reboot=true`: it needs neither the Action URI nor anybody's consent. Else as {@link reboot}. */
export async function rebootByCheckSync(command: Commands['reboot'], context: DriverContext): Promise<Outcome> {
  return inTheWay(command, context) ?? vanishing('check-sync', () => checkSync('true', context));
}

/** `key=Reset`: factory settings. The one place that sends it. */
export function factoryReset(way: KeyWay, context: DriverContext): Promise<Outcome> {
  return actAndVanish(way, 'Reset', context);
}

/**
 * `key=AutoP`: the phone fetches its provisioning files now. Whether it restarts for them is decided by what they
 * change; the key cannot forbid it. `allowReboot: false` is left to {@link provisionByCheckSync} where the phone has a
 * SIP address, else it is refused instead of not kept.
 */
export async function provision(
  way: KeyWay,
  { allowReboot }: Commands['provision'],
  context: DriverContext,
): Promise<Outcome> {
  if (allowReboot) return actAndVanish(way, 'AutoP', context);
  if (context.phone.reachableBy.sip) return notHere('The key AutoP cannot forbid a restart: that is for check-sync.');
  return failed(
    invalidArgument('allowReboot', 'A Yealink phone may restart for what it fetches: allow that, nothing was sent.'),
  );
}

/**
 * `check-sync;reboot=false`, or `reboot=true` where the phone may restart: it then fetches its files whatever
 * `sip.notify_reboot_enable` says, but for 2. See {@link checkSyncWithoutRestart} for what the promise rests on.
 */
export function provisionByCheckSync({ allowReboot }: Commands['provision'], context: DriverContext): Promise<Outcome> {
  return vanishing('check-sync', () =>
    allowReboot ? checkSync('true', context) : checkSyncWithoutRestart('false', context),
  );
}

/**
 * `check-sync;reboot=reregister-only`, as Snom phones know it: all accounts at once. What a Yealink phone makes of it
 * nobody tells: by default it restarts, which registers it again as well.
 */
export async function reregisterByCheckSync(
  { options }: Traits,
  { account }: Commands['reregister'],
  context: DriverContext,
): Promise<Outcome> {
  if (account !== undefined && (account !== 1 || options.accountUris.length !== 1)) {
    return notHere('check-sync is for all accounts: leave `account` out.');
  }
  return vanishing('check-sync', () => checkSyncWithoutRestart('reregister-only', context));
}

/** Firmware, accounts, DND and forwarding by `phonecfg=get`. */
export async function phoneInfo(traits: Traits, context: DriverContext): Promise<Outcome<PhoneInfo>> {
  const brackets = traits.options.bracketedSelectors;
  const request = atEachPath(traits, (access) =>
    phonecfgRequest(access, { accounts: true, dnd: true, forwarding: true, brackets }),
  );
  return send(context, request, readPhonecfg);
}

/** The display as a picture: the known paths one after the other, until one of them is there. */
export async function screen(traits: Traits, context: DriverContext): Promise<Outcome<PhoneScreen>> {
  const { screenPath } = traits.options;
  const paths = screenPath === 'auto' ? SCREEN_PATHS : [screenPath];
  let last: Outcome<PhoneScreen> = notHere('The phone has no screen capture.');
  for (const path of paths) {
    last = readScreen(await context.http.send(screenRequest(path)));
    if (last.status !== 'NOT_HERE') return last;
  }
  return last;
}

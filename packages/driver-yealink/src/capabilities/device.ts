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
import { act, atEachPath } from './press.ts';
import { send } from './steps.ts';

/** The phone goes away while it answers: a lost reply is the rule, and only its start-up event proves the effect. */
async function actAndVanish(traits: Traits, key: string, context: DriverContext): Promise<Outcome> {
  try {
    return await act(traits, key, context);
  } catch (error) {
    if (!TransportError.is(error) || error.outcome.status !== 'UNKNOWN') throw error;
    return unknown(
      `The phone did not answer ${key}; it may be restarting already. Its action_url.setup_completed proves it. Do not repeat it before.`,
    );
  }
}

/** `key=Reboot`. Refused while the phone has a call, unless that is wished. */
export async function reboot(traits: Traits, command: Commands['reboot'], context: DriverContext): Promise<Outcome> {
  const [call] = context.calls;
  if (call !== undefined && !command.evenInCall) {
    return failed(invalidCallState('The phone has a call. Set evenInCall to restart it nevertheless.', call.state));
  }
  return actAndVanish(traits, 'Reboot', context);
}

/** `key=Reset`: factory settings. The one place that sends it. */
export function factoryReset(traits: Traits, context: DriverContext): Promise<Outcome> {
  return actAndVanish(traits, 'Reset', context);
}

/**
 * `key=AutoP`: the phone fetches its provisioning files now. Whether it restarts for them is decided by what they
 * change; there is no way over HTTP to forbid it, so that `allowReboot: false` is refused instead of not kept.
 */
export async function provision(
  traits: Traits,
  { allowReboot }: Commands['provision'],
  context: DriverContext,
): Promise<Outcome> {
  if (!allowReboot) {
    return failed(
      invalidArgument('allowReboot', 'A Yealink phone may restart for what it fetches: allow that, nothing was sent.'),
    );
  }
  return actAndVanish(traits, 'AutoP', context);
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

import type { Capability, CapabilityMap, Rung, Transport } from '@hookswitch/core';
import { setHold, setMuted } from './capabilities/call-state.ts';
import { answer, dial, hangUp, hangUpAll, reject } from './capabilities/calls.ts';
import {
  factoryReset,
  phoneInfo,
  provision,
  provisionByCheckSync,
  reboot,
  rebootByCheckSync,
  reregisterByCheckSync,
  screen,
} from './capabilities/device.ts';
import { dialByPush, pushXml, showMessage } from './capabilities/display.ts';
import { verifyEventPath } from './capabilities/event-path.ts';
import { setDoNotDisturb, setForwarding, setForwardingBySettings } from './capabilities/features.ts';
import { pressKeys, sendDtmf } from './capabilities/keys.ts';
import { setLed } from './capabilities/leds.ts';
import { configureKey } from './capabilities/programmable-keys.ts';
import { configureActionUrls, writeSettings } from './capabilities/settings.ts';
import {
  cancelTransfer,
  completeTransfer,
  conference,
  transferAttended,
  transferBlind,
} from './capabilities/transfer.ts';
import type { DocumentWay, KeyWay } from './capabilities/way.ts';
import { type ClaimName, type Proof, proofOf } from './evidence.ts';
import { isSince, SINCE } from './firmware.ts';
import type { Traits } from './traits.ts';

/** The rungs that one way gives, by capability. */
export type Rungs = { readonly [Name in Capability]?: readonly Rung<Name>[] };

function rung<Name extends Capability>(transport: Transport, proof: Proof, what: CapabilityMap[Name]): Rung<Name> {
  return { ...what, transport, evidence: proof.evidence, source: proof.source };
}

function answerClaim({ answerKey, firmware }: Traits): ClaimName {
  if (answerKey === 'ASW') return 'answerByAsw';
  if (answerKey !== 'ANSWER') return 'answerByKey';
  return isSince(firmware, SINCE.actionUriV81, false) ? 'answerByOldAnswer' : 'answerByAnswer';
}

function dialClaim({ options }: Traits, over: 'HTTP' | 'SIP_NOTIFY'): ClaimName {
  if (over === 'HTTP') return 'dial';
  return options.notifyDialForm === 'number' ? 'dialByNotify' : 'dialByNotifiedKey';
}

/** All that values of the Action URI's table do, on one way. */
export function keyRungs(way: KeyWay, over: 'HTTP' | 'SIP_NOTIFY'): Rungs {
  const { traits } = way;
  const by = <Name extends Capability>(claim: ClaimName, what: CapabilityMap[Name]): readonly [Rung<Name>] => [
    rung(over, proofOf(claim, traits, over), what),
  ];
  const forwarding = by<'FORWARDING'>('forwarding', {
    setForwarding: (command, at) => setForwarding(way, command, at),
  });
  return {
    PRESS_KEYS: by(way.sequences ? 'pressKeysInSequence' : 'pressKeys', {
      pressKeys: (command, context) => pressKeys(way, command, context),
    }),
    DTMF: by('dtmf', { sendDtmf: (command, context) => sendDtmf(way, command, context) }),
    DIAL: by(dialClaim(traits, over), { dial: (command, context) => dial(way, command, context) }),
    ANSWER: by(answerClaim(traits), { answer: (command, context) => answer(way, command, context) }),
    HANG_UP: by('hangUp', { hangUp: (command, context) => hangUp(way, command, context) }),
    HANG_UP_ALL: by('hangUpAll', { hangUpAll: (command, context) => hangUpAll(way, command, context) }),
    REJECT: by(traits.rejectKey === 'X' ? 'rejectByX' : 'rejectByCancel', {
      reject: (command, context) => reject(way, command, context),
    }),
    HOLD: by(traits.options.callAddressedKeys ? 'holdByCall' : 'holdByToggle', {
      setHold: (command, context) => setHold(way, command, context),
    }),
    MUTE: by('mute', { setMuted: (command, context) => setMuted(way, command, context) }),
    TRANSFER_BLIND: by('transferBlind', { transfer: (command, context) => transferBlind(way, command, context) }),
    TRANSFER_ATTENDED: by('transferAttended', {
      transfer: (command, context) => transferAttended(way, command, context),
      completeTransfer: (command, context) => completeTransfer(way, command, context),
      cancelTransfer: (command, context) => cancelTransfer(way, command, context),
    }),
    CONFERENCE: by('conference', { conference: (command, context) => conference(way, command, context) }),
    DO_NOT_DISTURB: by('doNotDisturb', {
      setDoNotDisturb: (command, context) => setDoNotDisturb(way, command, context),
    }),
    ...(isSince(traits.firmware, SINCE.actionUriV81, true) ? { FORWARDING: forwarding } : {}),
    REBOOT: by('reboot', { reboot: (command, context) => reboot(way, command, context) }),
    FACTORY_RESET: by('factoryReset', { factoryReset: (_command, context) => factoryReset(way, context) }),
    PROVISION: by('provision', { provision: (command, context) => provision(way, command, context) }),
  };
}

/** What is read from the phone: over HTTP alone. */
export function httpRungs(traits: Traits): Rungs {
  return {
    SCREEN: [rung('HTTP', proofOf('screen', traits), { screen: (context) => screen(traits, context) })],
    PHONE_INFO: [rung('HTTP', proofOf('phoneInfo', traits), { phoneInfo: (context) => phoneInfo(traits, context) })],
  };
}

/** Dialling by an XML object, over HTTP: what is left there where the Action URI is not. */
export function pushDialRungs(way: DocumentWay): Rungs {
  const proof = proofOf('dialByPush', way.traits);
  return { DIAL: [rung('XML_PUSH', proof, { dial: (command, context) => dialByPush(way, command, context) })] };
}

/** All that XML objects do, on one way. */
export function documentRungs(way: DocumentWay, transport: 'XML_PUSH' | 'SIP_NOTIFY'): Rungs {
  const { traits } = way;
  const over = transport === 'XML_PUSH' ? 'HTTP' : 'SIP_NOTIFY';
  const by = <Name extends Capability>(claim: ClaimName, what: CapabilityMap[Name]): readonly [Rung<Name>] => [
    rung(transport, proofOf(claim, traits, over), what),
  ];
  const led = by<'LED'>('led', { setLed: (command, context) => setLed(way, command, context) });
  return {
    FORWARDING: by('forwardingBySettings', {
      setForwarding: (command, context) => setForwardingBySettings(way, command, context),
    }),
    ...(traits.lineKeys === 0 ? {} : { LED: led }),
    CONFIGURE_KEYS: by('configureKeys', { configureKey: (command, context) => configureKey(way, command, context) }),
    DISPLAY: by('display', {
      pushXml: (command, context) => pushXml(way, command, context),
      showMessage: (command, context) => showMessage(way, command, context),
    }),
    WRITE_SETTINGS: by('writeSettings', {
      writeSettings: (command, context) => writeSettings(way, command, context),
    }),
    ACTION_URLS: by('actionUrls', {
      configureActionUrls: (command, context) => configureActionUrls(way, command, context),
    }),
    VERIFY_EVENTS: by('verifyEvents', { verifyEventPath: (_command, context) => verifyEventPath(way, context) }),
  };
}

/** A restart by `check-sync`. It asks neither for the Action URI nor for consent. */
export function restartRungs(traits: Traits): Rungs {
  return { REBOOT: [rung('SIP_NOTIFY', proofOf('checkSync', traits, 'SIP_NOTIFY'), { reboot: rebootByCheckSync })] };
}

/** Provisioning by `check-sync`. */
export function resyncRungs(traits: Traits): Rungs {
  const proof = proofOf('checkSync', traits, 'SIP_NOTIFY');
  return { PROVISION: [rung('SIP_NOTIFY', proof, { provision: provisionByCheckSync })] };
}

/** Registering again by `check-sync`, where the operator says that the phone knows it. */
export function reregisterRungs(traits: Traits): Rungs {
  const proof = proofOf('reregisterByCheckSync', traits, 'SIP_NOTIFY');
  return {
    REREGISTER: [
      rung('SIP_NOTIFY', proof, {
        reregister: (command, context) => reregisterByCheckSync(traits, command, context),
      }),
    ],
  };
}

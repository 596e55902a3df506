import type { Capability, CapabilityMap, Ladder, Ladders, PhoneProfile, Rung, Transport } from '@hookswitch/core';
import { setHold, setMuted } from './capabilities/call-state.ts';
import { answer, dial, hangUp, hangUpAll, reject } from './capabilities/calls.ts';
import { factoryReset, phoneInfo, provision, reboot, screen } from './capabilities/device.ts';
import { dialByPush, pushXml, showMessage } from './capabilities/display.ts';
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
import { type ClaimName, type Proof, proofOf } from './evidence.ts';
import { isSince, SINCE } from './firmware.ts';
import type { YealinkOptions } from './options.ts';
import { type Traits, traitsOf } from './traits.ts';

function rung<Name extends Capability>(transport: Transport, proof: Proof, what: CapabilityMap[Name]): Rung<Name> {
  return { ...what, transport, evidence: proof.evidence, source: proof.source };
}

function pressRungs(traits: Traits): Ladders {
  const proof = proofOf(traits.keySequences ? 'pressKeysInSequence' : 'pressKeys', traits);
  return {
    PRESS_KEYS: [rung('HTTP', proof, { pressKeys: (command, context) => pressKeys(traits, command, context) })],
    DTMF: [
      rung('HTTP', proofOf('dtmf', traits), { sendDtmf: (command, context) => sendDtmf(traits, command, context) }),
    ],
  };
}

function answerClaim({ answerKey, firmware }: Traits): ClaimName {
  if (answerKey === 'ASW') return 'answerByAsw';
  if (answerKey !== 'ANSWER') return 'answerByKey';
  return isSince(firmware, SINCE.actionUriV81, false) ? 'answerByOldAnswer' : 'answerByAnswer';
}

function callRungs(traits: Traits): Ladders {
  const rejectProof = proofOf(traits.rejectKey === 'X' ? 'rejectByX' : 'rejectByCancel', traits);
  const holdProof = proofOf(traits.options.callAddressedKeys ? 'holdByCall' : 'holdByToggle', traits);
  const byActionUri: Ladder<'DIAL'> = [
    rung('HTTP', proofOf('dial', traits), { dial: (command, context) => dial(traits, command, context) }),
  ];
  const byPush = rung<'DIAL'>('XML_PUSH', proofOf('dialByPush', traits), {
    dial: (command, context) => dialByPush(traits, command, context),
  });
  return {
    DIAL: takesPushes(traits) ? [...byActionUri, byPush] : byActionUri,
    ANSWER: [
      rung('HTTP', proofOf(answerClaim(traits), traits), {
        answer: (command, context) => answer(traits, command, context),
      }),
    ],
    HANG_UP: [
      rung('HTTP', proofOf('hangUp', traits), { hangUp: (command, context) => hangUp(traits, command, context) }),
    ],
    HANG_UP_ALL: [
      rung('HTTP', proofOf('hangUpAll', traits), {
        hangUpAll: (command, context) => hangUpAll(traits, command, context),
      }),
    ],
    REJECT: [rung('HTTP', rejectProof, { reject: (command, context) => reject(traits, command, context) })],
    HOLD: [rung('HTTP', holdProof, { setHold: (command, context) => setHold(traits, command, context) })],
    MUTE: [
      rung('HTTP', proofOf('mute', traits), { setMuted: (command, context) => setMuted(traits, command, context) }),
    ],
    TRANSFER_BLIND: [
      rung('HTTP', proofOf('transferBlind', traits), {
        transfer: (command, context) => transferBlind(traits, command, context),
      }),
    ],
    TRANSFER_ATTENDED: [
      rung('HTTP', proofOf('transferAttended', traits), {
        transfer: (command, context) => transferAttended(traits, command, context),
        completeTransfer: (command, context) => completeTransfer(traits, command, context),
        cancelTransfer: (command, context) => cancelTransfer(traits, command, context),
      }),
    ],
    CONFERENCE: [
      rung('HTTP', proofOf('conference', traits), {
        conference: (command, context) => conference(traits, command, context),
      }),
    ],
  };
}

function featureRungs(traits: Traits): Ladders {
  const byActionUri = rung<'FORWARDING'>('HTTP', proofOf('forwarding', traits), {
    setForwarding: (command, context) => setForwarding(traits, command, context),
  });
  const bySettings = rung<'FORWARDING'>('XML_PUSH', proofOf('forwardingBySettings', traits), {
    setForwarding: (command, context) => setForwardingBySettings(traits, command, context),
  });
  const keys = isSince(traits.firmware, SINCE.actionUriV81, true) ? [byActionUri] : [];
  const [first, ...rest] = takesPushes(traits) ? [...keys, bySettings] : keys;
  return {
    DO_NOT_DISTURB: [
      rung('HTTP', proofOf('doNotDisturb', traits), {
        setDoNotDisturb: (command, context) => setDoNotDisturb(traits, command, context),
      }),
    ],
    ...(first === undefined ? {} : { FORWARDING: [first, ...rest] }),
  };
}

function deviceRungs(traits: Traits): Ladders {
  return {
    SCREEN: [rung('HTTP', proofOf('screen', traits), { screen: (context) => screen(traits, context) })],
    PHONE_INFO: [rung('HTTP', proofOf('phoneInfo', traits), { phoneInfo: (context) => phoneInfo(traits, context) })],
    REBOOT: [
      rung('HTTP', proofOf('reboot', traits), { reboot: (command, context) => reboot(traits, command, context) }),
    ],
    FACTORY_RESET: [
      rung('HTTP', proofOf('factoryReset', traits), {
        factoryReset: (_command, context) => factoryReset(traits, context),
      }),
    ],
    PROVISION: [
      rung('HTTP', proofOf('provision', traits), {
        provision: (command, context) => provision(traits, command, context),
      }),
    ],
  };
}

/** XML objects are in the guides from release 71 on. */
function takesPushes({ options, firmware }: Traits): boolean {
  return options.xmlPush && isSince(firmware, SINCE.xmlPush, true);
}

function pushRungs(traits: Traits): Ladders {
  if (!takesPushes(traits)) return {};
  const led: Ladder<'LED'> = [
    rung('XML_PUSH', proofOf('led', traits), { setLed: (command, context) => setLed(traits, command, context) }),
  ];
  return {
    ...(traits.lineKeys === 0 ? {} : { LED: led }),
    CONFIGURE_KEYS: [
      rung('XML_PUSH', proofOf('configureKeys', traits), {
        configureKey: (command, context) => configureKey(traits, command, context),
      }),
    ],
    DISPLAY: [
      rung('XML_PUSH', proofOf('display', traits), {
        pushXml: (command, context) => pushXml(traits, command, context),
        showMessage: (command, context) => showMessage(traits, command, context),
      }),
    ],
    WRITE_SETTINGS: [
      rung('XML_PUSH', proofOf('writeSettings', traits), {
        writeSettings: (command, context) => writeSettings(traits, command, context),
      }),
    ],
    ACTION_URLS: [
      rung('XML_PUSH', proofOf('actionUrls', traits), {
        configureActionUrls: (command, context) => configureActionUrls(traits, command, context),
      }),
    ],
  };
}

/**
 * What a Yealink phone can do over HTTP. Not there, since no source knows a way: touches, deflecting, ringtones,
 * reading settings, asking for calls, testing the event path, firmware by URL, logging off, registering again,
 * clearing call lists.
 */
export function capabilitiesFor(phone: PhoneProfile<YealinkOptions>): Ladders {
  if (!phone.reachableBy.http) return {};
  const traits = traitsOf(phone);
  return {
    ...pressRungs(traits),
    ...callRungs(traits),
    ...featureRungs(traits),
    ...deviceRungs(traits),
    ...pushRungs(traits),
  };
}

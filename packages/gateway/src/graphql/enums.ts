import {
  CALL_DIRECTIONS,
  CALL_END_REASONS,
  CALL_EVENT_KINDS,
  CALL_LISTS,
  CALL_STATES,
  CAPABILITIES,
  DEVICE_EVENT_KINDS,
  EVENT_PATH_HOPS,
  EVIDENCE,
  FINDING_SEVERITIES,
  FORWARDING_KINDS,
  KEY_FUNCTIONS,
  LED_ACTION_KINDS,
  LED_COLORS,
  LED_LIGHTS,
  PHONE_EVENT_TYPES,
  PHONE_FEATURES,
  REGISTRATION_STATES,
  TOUCH_ACTIONS,
  TRANSFER_KINDS,
  TRANSPORTS,
  USER_EVENT_KINDS,
} from '@hookswitch/core';
import { DRIVER_ISOLATIONS, DRIVER_STATES } from '../drivers/driver-port.ts';
import { DRIVER_TIERS } from '../drivers/driver-proof.ts';
import { COMMAND_STATUSES, REACHABILITIES, SWITCH_KEEPS, UNPROVEN_REASONS } from '../model.ts';
import { CERTIFICATE_CHECKS } from '../transport/certificates.ts';
import { builder } from './builder.ts';

function declareEnum<const Value extends string>(name: string, values: readonly Value[], description?: string) {
  return builder.enumType(name, { values, ...(description !== undefined && { description }) });
}

/** As {@link declareEnum}, where some values need words. */
function declareDescribedEnum<const Value extends string>(
  name: string,
  values: readonly Value[],
  descriptions: { readonly [Key in Value]?: string },
) {
  const described = {} as Record<Value, { description?: string }>;
  for (const value of values) {
    const description = descriptions[value];
    described[value] = description === undefined ? {} : { description };
  }
  return builder.enumType(name, { values: described });
}

/** `Reachability` of the schema. */
export const ReachabilityRef = declareEnum('Reachability', REACHABILITIES);
/** `Capability` of the schema. */
export const CapabilityRef = declareEnum('Capability', CAPABILITIES);
/** `Transport` of the schema. */
export const TransportRef = declareEnum('Transport', TRANSPORTS);
/** `Evidence` of the schema. */
export const EvidenceRef = declareEnum('Evidence', EVIDENCE);
/** `DriverTier` of the schema. */
export const DriverTierRef = declareEnum(
  'DriverTier',
  DRIVER_TIERS,
  'How far the conformance suite has proved a driver, each tier with what the ones before it take. BRONZE: phones obey. SILVER: action URLs and faults, too. GOLD: it brings a virtual phone, and half of what it claims has a source. PLATINUM: every capability was recorded on a real phone.',
);
/** `DriverState` of the schema. */
export const DriverStateRef = declareEnum(
  'DriverState',
  DRIVER_STATES,
  'BROKEN: it could not be loaded; `vendor` is its name in the configuration. RESTARTING: its worker was ended, and another one is started soon.',
);
/** `DriverIsolation` of the schema. */
export const DriverIsolationRef = declareEnum(
  'DriverIsolation',
  DRIVER_ISOLATIONS,
  "NONE: it runs in the gateway's own thread.",
);
/** `LedLight` of the schema. */
export const LedLightRef = declareEnum(
  'LedLight',
  LED_LIGHTS,
  'What the light means; the driver knows how its vendor shows it.',
);
/** `LedColor` of the schema. */
export const LedColorRef = declareEnum('LedColor', LED_COLORS);
/** `LedActionKind` of the schema. */
export const LedActionKindRef = declareEnum(
  'LedActionKind',
  LED_ACTION_KINDS,
  'DIAL calls the target; MESSAGE sends it a SIP MESSAGE.',
);
/** `PhoneFeature` of the schema. */
export const PhoneFeatureRef = declareEnum(
  'PhoneFeature',
  PHONE_FEATURES,
  'FORWARD: some forwarding; the phone does not tell which.',
);
/** `FindingSeverity` of the schema. */
export const FindingSeverityRef = declareEnum('FindingSeverity', FINDING_SEVERITIES);
/** `CallTransferState` of the schema. */
export const CallTransferStateRef = declareEnum('CallTransferState', ['STARTED', 'FINISHED', 'FAILED']);
/** `CallDirection` of the schema. */
export const CallDirectionRef = declareEnum('CallDirection', CALL_DIRECTIONS);
/** `CallState` of the schema. */
export const CallStateRef = declareEnum('CallState', CALL_STATES);
/** `CallEndReason` of the schema. */
export const CallEndReasonRef = declareEnum(
  'CallEndReason',
  CALL_END_REASONS,
  "MISSED: not answered here, the caller's giving up included. CANCELED: own call, given up.\nREMOTE_BUSY: own call, found busy or declined.",
);
/** `CallEventKind` of the schema. */
export const CallEventKindRef = declareDescribedEnum('CallEventKind', CALL_EVENT_KINDS, {
  SCREENING_REQUESTED: 'The phone asks whether to let a call ring; the HTTP answer decides.',
});
/** `RegistrationState` of the schema. */
export const RegistrationStateRef = declareEnum('RegistrationState', REGISTRATION_STATES);
/** `UserEventKind` of the schema. */
export const UserEventKindRef = declareEnum(
  'UserEventKind',
  USER_EVENT_KINDS,
  'A headset or speaker key is KEY_PRESSED with its `key`.',
);
/** `DeviceEventKind` of the schema. */
export const DeviceEventKindRef = declareDescribedEnum('DeviceEventKind', DEVICE_EVENT_KINDS, {
  ACTION_URLS_DRIFTED:
    'The gateway found that the action URLs on the phone do not lead where they should. Told once a drift; see `diagnosis`.',
});
/** `PhoneEventType` of the schema. */
export const PhoneEventTypeRef = declareEnum('PhoneEventType', PHONE_EVENT_TYPES);
/** `MissedReason` of the schema. */
export const MissedReasonRef = declareEnum('MissedReason', ['CURSOR_EXPIRED', 'SUBSCRIBER_TOO_SLOW']);
/** `CommandStatus` of the schema. */
export const CommandStatusRef = declareDescribedEnum('CommandStatus', COMMAND_STATUSES, {
  ACCEPTED: 'The phone acknowledged it, which is not yet proof of the effect.',
  CONFIRMED: 'An event of the phone proved the effect, or the phone already was as asked.',
  UNKNOWN: 'It may or may not have reached the phone; it is never sent again by itself.',
});
/** `SwitchKeep` of the schema. */
export const SwitchKeepRef = declareDescribedEnum('SwitchKeep', SWITCH_KEEPS, {
  UNTIL_CHANGED_AT_PHONE:
    'Set again after the phone has started or registered; whoever changes it at the phone ends that.',
  ALWAYS:
    'Set again likewise, and after it was changed at the phone. A phone that undoes that within a minute is let be until its next start or registration.',
});
/** `UnprovenReason` of the schema. */
export const UnprovenReasonRef = declareDescribedEnum('UnprovenReason', UNPROVEN_REASONS, {
  NOT_REPORTABLE: 'No event of a phone tells this effect: the phone’s word is all there is.',
  NOT_REPORTED:
    'The phone reports such things and did not within the time: it probably had no effect. Look at the phone.',
  NEVER_HEARD: 'The phone has never reported anything: `configureActionUrls`, then `verifyEventPath`.',
  GATEWAY_STOPPED: 'The gateway stopped while it waited for the proof.',
});
/** `CertificateCheck` of the schema. */
export const CertificateCheckRef = declareDescribedEnum('CertificateCheck', CERTIFICATE_CHECKS, {
  PINNED: 'It must be the one that the phone had at the first connection, or that was given.',
  AUTHORITY: 'An authority must vouch for it, and it must name the host or the MAC address of the phone.',
  UNCHECKED: 'Any will do: somebody between could read and change what is sent.',
});
/** `EventPathHop` of the schema. */
export const EventPathHopRef = declareEnum('EventPathHop', EVENT_PATH_HOPS);
/** `TouchAction` of the schema. */
export const TouchActionRef = declareEnum('TouchAction', TOUCH_ACTIONS);
/** `TransferKind` of the schema. */
export const TransferKindRef = declareEnum('TransferKind', TRANSFER_KINDS);
/** `ForwardingKind` of the schema. */
export const ForwardingKindRef = declareEnum('ForwardingKind', FORWARDING_KINDS);
/** `KeyFunction` of the schema. */
export const KeyFunctionRef = declareEnum('KeyFunction', KEY_FUNCTIONS);
/** `CallList` of the schema. */
export const CallListRef = declareEnum('CallList', CALL_LISTS);

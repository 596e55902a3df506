import { COMMAND_NAMES, type CommandName } from '@hookswitch/core';
import type { Scope } from '../../../src/security/scopes.table.ts';

/** What a root field is about: ids of one phone and of what belongs to it. */
export interface Target {
  readonly phone: string;
  readonly mac: string;
  readonly sipUser: string;
  readonly call: string;
  readonly event: string;
  readonly command: string;
  readonly batch: string;
}

/** What a root field asks of a caller, and how it is asked for one phone. */
export interface RootRule {
  /** Null: whoever has come in. */
  readonly needs: Scope | null;
  /** Arguments, in brackets, for each thing that can be named; none: it names none. */
  readonly asks: readonly ((target: Target) => string)[];
}

const none: RootRule['asks'] = [];

const READS: Readonly<Record<string, RootRule>> = {
  'Query.viewer': { needs: null, asks: none },
  'Query.apiKeys': { needs: 'admin', asks: none },
  'Query.onboardingLinks': { needs: 'admin', asks: none },
  'Query.unknownDevices': { needs: 'device:manage', asks: none },
  'Query.draftDefinition': { needs: 'device:manage', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Query.audit': { needs: 'audit:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Query.drivers': { needs: 'phones:read', asks: none },
  'Query.phones': { needs: 'phones:read', asks: [({ phone }) => `(filter: { ids: ["${phone}"] })`] },
  'Query.calls': { needs: 'events:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Query.events': { needs: 'events:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Query.commands': { needs: 'phones:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Query.phone': {
    needs: 'phones:read',
    asks: [
      ({ phone }) => `(by: { id: "${phone}" })`,
      ({ mac }) => `(by: { mac: "${mac}" })`,
      ({ sipUser }) => `(by: { sipUser: "${sipUser}" })`,
    ],
  },
  // `node` is each of the others: what it needs depends on what is named. See NODES.
  'Query.node': { needs: null, asks: none },
  'Query.phoneInfo': { needs: 'phones:read', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Query.settings': { needs: 'phones:read', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Query.screen': { needs: 'phones:read', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Query.diagnosis': { needs: 'phones:read', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Query.explainCommand': {
    needs: 'calls:control',
    asks: [({ phone }) => `(phoneId: "${phone}", command: { dial: { to: "1" } })`],
  },
  'Subscription.phoneEvents': {
    needs: 'events:read',
    asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`],
  },
  'Subscription.calls': { needs: 'events:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Subscription.commands': { needs: 'phones:read', asks: [({ phone }) => `(filter: { phoneIds: ["${phone}"] })`] },
  'Subscription.command': { needs: 'phones:read', asks: [({ command }) => `(id: "${command}")`] },
};

const REGISTRY: Readonly<Record<string, RootRule>> = {
  'Mutation.addPhone': { needs: 'admin', asks: none },
  'Mutation.identifyDevice': { needs: 'admin', asks: none },
  'Mutation.updatePhone': { needs: 'admin', asks: [({ phone }) => `(phoneId: "${phone}", input: { name: "taken" })`] },
  'Mutation.removePhone': { needs: 'admin', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Mutation.rotateActionUrls': { needs: 'admin', asks: [({ phone }) => `(phoneId: "${phone}")`] },
  'Mutation.createOnboardingLink': { needs: 'admin', asks: none },
  'Mutation.revokeOnboardingLink': { needs: 'admin', asks: none },
  'Mutation.createApiKey': { needs: 'admin', asks: none },
  'Mutation.revokeApiKey': { needs: 'admin', asks: none },
  'Mutation.runOnPhones': {
    needs: 'display:write',
    asks: [({ phone }) => `(filter: { ids: ["${phone}"] }, command: { showMessage: { title: "a", text: "b" } })`],
  },
};

/** Arguments of fields that name no phone. */
export const OTHER_ARGUMENTS: Readonly<Record<string, string>> = {
  'Mutation.identifyDevice': '(input: { address: "127.0.0.1:9" })',
  'Mutation.addPhone': '(input: { name: "new", vendor: "acme" })',
  'Mutation.createApiKey': '(name: "wide", scopes: [ADMIN])',
  'Mutation.revokeApiKey': '(id: "QXBpS2V5Om5vYm9keQ")',
  'Mutation.revokeOnboardingLink': '(id: "T25ib2FyZGluZ0xpbms6bm9ib2R5")',
  'Query.node': '(id: "RHJpdmVyOmFjbWU")',
};

const COMMAND_NEEDS: Readonly<Record<CommandName, Scope>> = {
  dial: 'calls:control',
  answer: 'calls:control',
  hangUp: 'calls:control',
  hangUpAll: 'calls:control',
  reject: 'calls:control',
  deflect: 'calls:control',
  setHold: 'calls:control',
  setMuted: 'calls:control',
  sendDtmf: 'calls:control',
  transfer: 'calls:control',
  completeTransfer: 'calls:control',
  cancelTransfer: 'calls:control',
  conference: 'calls:control',
  refreshCalls: 'calls:control',
  pressKeys: 'keys:press',
  touch: 'keys:press',
  setLed: 'display:write',
  pushXml: 'display:write',
  showMessage: 'display:write',
  playRingtone: 'display:write',
  setDoNotDisturb: 'settings:write',
  setForwarding: 'settings:write',
  configureKey: 'settings:write',
  writeSettings: 'settings:write',
  clearCallLists: 'settings:write',
  reboot: 'device:manage',
  factoryReset: 'device:manage',
  provision: 'device:manage',
  upgradeFirmware: 'device:manage',
  logOff: 'device:manage',
  reregister: 'device:manage',
  configureActionUrls: 'device:manage',
  verifyEventPath: 'device:manage',
};

const COMMAND_ARGUMENTS: Readonly<Partial<Record<CommandName, string>>> = {
  pressKeys: '{ keys: [{ key: "5" }] }',
  touch: '{ touches: [{ xPx: 1, yPx: 2 }] }',
  dial: '{ to: "102" }',
  deflect: '{ to: "102" }',
  setHold: '{ held: true }',
  setMuted: '{ muted: false }',
  sendDtmf: '{ digits: "1#" }',
  transfer: '{ to: "102", kind: BLIND }',
  setDoNotDisturb: '{ enabled: true }',
  setForwarding: '{ kind: BUSY, enabled: true, target: "103" }',
  setLed: '{ key: "FUNCTION_1", light: ON }',
  configureKey: '{ key: "FUNCTION_1", function: BLF, value: "101" }',
  pushXml: '{ document: "<x/>" }',
  showMessage: '{ title: "a", text: "b" }',
  writeSettings: '{ settings: [{ name: "a", value: "b" }] }',
  playRingtone: '{ ringtone: 1 }',
  factoryReset: '{ confirmMac: "000413AABBCC" }',
  upgradeFirmware: '{ url: "http://127.0.0.1/x" }',
  clearCallLists: '{ lists: [MISSED] }',
};

function commandRule(name: CommandName): RootRule {
  const given = COMMAND_ARGUMENTS[name];
  return {
    needs: COMMAND_NEEDS[name],
    asks: [({ phone }) => `(phoneId: "${phone}"${given === undefined ? '' : `, command: ${given}`})`],
  };
}

/** Every field of Query, Mutation and Subscription. One that stands in the schema and not here fails the tests. */
export const ROOT_RULES: Readonly<Record<string, RootRule>> = {
  ...READS,
  ...REGISTRY,
  ...Object.fromEntries(COMMAND_NAMES.map((name) => [`Mutation.${name}`, commandRule(name)])),
};

/** What `node` needs for each of what it can name. */
export const NODES: readonly { readonly needs: Scope; readonly id: (target: Target) => string }[] = [
  { needs: 'phones:read', id: ({ phone }) => phone },
  { needs: 'events:read', id: ({ call }) => call },
  { needs: 'events:read', id: ({ event }) => event },
  { needs: 'phones:read', id: ({ command }) => command },
  { needs: 'phones:read', id: ({ batch }) => batch },
];

type Plain = readonly string[];

/**
 * Every field of the types that belong to a phone or name something: those that come with their object, and those that
 * lead elsewhere and need a scope of their own. `null`: without `admin` it is null.
 */
export const FIELD_RULES: Readonly<
  Record<string, { readonly plain: Plain; readonly leads: Readonly<Record<string, Scope | null>> }>
> = {
  Phone: {
    plain: [
      ...['id', 'name', 'vendor', 'model', 'firmware', 'mac', 'address', 'sipUri', 'tags', 'removedAt'],
      ...['certificateCheck', 'certificate'],
    ],
    leads: {
      driver: 'phones:read',
      reachability: 'phones:read',
      lastEventAt: 'phones:read',
      capabilities: 'phones:read',
      keys: 'phones:read',
      silentSince: 'phones:read',
      keptSwitches: 'phones:read',
      leds: 'phones:read',
      features: 'phones:read',
      activeCalls: 'events:read',
      events: 'events:read',
      commands: 'phones:read',
      actionUrls: null,
      provisioning: null,
    },
  },
  Call: {
    plain: [
      ...['id', 'direction', 'state', 'heldByRemote', 'muted', 'remote', 'local', 'transfer'],
      ...['startedAt', 'answeredAt', 'endedAt', 'endReason', 'endInferred', 'inferred'],
    ],
    leads: { phone: 'phones:read', consultationFor: 'events:read', conferencedWith: 'events:read' },
  },
  Command: {
    plain: [
      ...['id', 'name', 'arguments', 'status', 'changed', 'transport', 'failure', 'requestedBy', 'requestedAt'],
      ...['sentAt', 'repliedAt', 'settledAt', 'unproven', 'unreadableSettings', 'skippedTransports'],
    ],
    leads: { phone: 'phones:read', batch: 'phones:read', call: 'events:read', confirmedBy: 'events:read' },
  },
  CommandBatch: { plain: ['id', 'total'], leads: { pending: 'phones:read', commands: 'phones:read' } },
  CallEvent: event({ plain: ['callEventKind', 'callState'], leads: { call: 'events:read' } }),
  FeatureEvent: event({ plain: ['feature', 'enabled', 'target'], leads: {} }),
  RegistrationEvent: event({ plain: ['registrationState', 'accountUri'], leads: {} }),
  UserEvent: event({ plain: ['userEventKind', 'key'], leads: {} }),
  DeviceEvent: event({ plain: ['deviceEventKind'], leads: {} }),
  OtherEvent: event({ plain: [], leads: {} }),
  Driver: {
    plain: ['id', 'vendor', 'name', 'version', 'contractVersion', 'models', 'health', 'tier', 'claims'],
    leads: {},
  },
  Viewer: { plain: ['name', 'scopes', 'tags', 'masksNumbers', 'expiresAt'], leads: {} },
  ApiKey: {
    plain: ['id', 'name', 'scopes', 'tags', 'masksNumbers', 'createdAt', 'expiresAt', 'revokedAt'],
    leads: {},
  },
  AuditEntry: {
    plain: [
      ...[
        'sequence',
        'at',
        'caller',
        'action',
        'phoneId',
        'numbers',
        'outcome',
        'failureCode',
        'rule',
        'details',
        'mac',
      ],
    ],
    leads: { phone: 'phones:read', command: 'phones:read' },
  },
};

function event(own: { readonly plain: Plain; readonly leads: Readonly<Record<string, Scope | null>> }) {
  return {
    plain: ['id', 'cursor', 'phoneId', 'receivedAt', 'vendorEvent', 'variables', ...own.plain],
    leads: { phone: 'phones:read' as const, ...own.leads },
  };
}

/** Types whose values come with the field that holds them, and lead nowhere else: their fields need no rule each. */
export const VALUE_TYPES: readonly string[] = [
  ...[
    'ActionUrl',
    'CallTransfer',
    'CapabilityUnsupported',
    'CaughtUp',
    'CreatedApiKey',
    'DriverClaim',
    'DriverFailed',
    'DriverHealth',
    'DriverModel',
    'EventVariable',
  ],
  ...[
    'EventsMissed',
    'KeptSwitch',
    'FeatureState',
    'Finding',
    'Diagnosis',
    'Led',
    'LedAction',
    'PageInfo',
    'Party',
    'PhoneAccount',
  ],
  ...['PhoneCapability', 'PhoneInfo', 'PhoneScreen', 'PhoneSettings', 'Provisioning', 'Setting', 'SettingDifference'],
  ...['CommandExplanation', 'PhoneConnection', 'PhoneEdge', 'CallConnection', 'CallEdge', 'CommandConnection'],
  ...['CommandEdge', 'PhoneEventConnection', 'PhoneEventEdge', 'ApprovalPending', 'CommandExpired'],
  ...['EventPathBroken', 'IdempotencyConflict', 'InvalidArgument', 'InvalidCallState', 'PhoneConflict'],
  ...[
    'PhoneRejected',
    'PhoneUnauthorized',
    'PhoneUnreachable',
    'StateUnknown',
    'SkippedTransport',
    'PolicyDenied',
    'RateLimited',
    'SettingsDiffer',
  ],
  ...['VendorUnidentified', 'AuditCaller', 'AuditEntryConnection', 'AuditEntryEdge'],
  ...['DeviceCandidate', 'DeviceIdentification', 'MatchExplanation', 'UnknownDevice', 'UnknownDevices', 'DriverDraft'],
  ...['OnboardingLink', 'OnboardingUrl', 'CreatedOnboardingLink'],
];

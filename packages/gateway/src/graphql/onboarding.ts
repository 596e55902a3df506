import { RequestError } from '../application.ts';
import type { DriverDraft } from '../onboarding/draft-definition.ts';
import {
  FIRST_CONTACTS,
  type OnboardingLink,
  type OnboardingUrl,
  type UnknownDevice,
  type UnknownDevices,
} from '../onboarding/onboarding.ts';
import { builder } from './builder.ts';
import { DeviceCandidateRef, MatchExplanationRef } from './identify-device.ts';
import { encodeId, rawIdOf } from './ids.ts';

const FirstContactRef = builder.enumType('FirstContact', {
  description: 'How a device made itself known: by an onboarding link, or at a registrar.',
  values: FIRST_CONTACTS,
});

const OnboardingLinkRef = builder.objectRef<OnboardingLink>('OnboardingLink').implement({
  description: 'A link by which phones make themselves known that nobody has added yet. Its token is kept nowhere.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('OnboardingLink', id) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.exposeString('createdBy'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
});

const OnboardingUrlRef = builder.objectRef<OnboardingUrl>('OnboardingUrl').implement({
  description: 'What is put into a setting of phones that are not known yet.',
  fields: (t) => ({
    vendor: t.exposeString('vendor', { description: 'As in `Driver.vendor`.' }),
    setting: t.exposeString('setting', { description: "The vendor's name of the setting." }),
    url: t.exposeString('url', { description: "With the vendor's own placeholders; shown only now." }),
  }),
});

interface CreatedLink {
  readonly link: OnboardingLink;
  readonly urls: readonly OnboardingUrl[];
}

const CreatedOnboardingLinkRef = builder.objectRef<CreatedLink>('CreatedOnboardingLink').implement({
  fields: (t) => ({
    link: t.expose('link', { type: OnboardingLinkRef }),
    urls: t.expose('urls', { type: [OnboardingUrlRef] }),
  }),
});

const UnknownDeviceRef = builder.objectRef<UnknownDevice>('UnknownDevice').implement({
  description: 'A device that is no registered phone. What it says of itself is not proved; its address is.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('UnknownDevice', id) }),
    address: t.exposeString('address', { description: 'The IP address that it came from.' }),
    mac: t.expose('mac', { type: 'MacAddress', nullable: true }),
    model: t.exposeString('model', { nullable: true, description: 'In its own words.' }),
    firmware: t.exposeString('firmware', { nullable: true }),
    sipUri: t.exposeString('sipUri', { nullable: true, description: 'Under which it is registered.' }),
    seenBy: t.expose('seenBy', { type: [FirstContactRef] }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'DateTime' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime' }),
    timesSeen: t.exposeInt('timesSeen'),
    candidates: t.expose('candidates', {
      type: [DeviceCandidateRef],
      description: 'What the drivers make of what is known, the likeliest first. The device is asked nothing.',
    }),
    explainMatch: t.expose('match', { type: MatchExplanationRef, description: 'Who wins, and why.' }),
  }),
});

const UnknownDevicesRef = builder.objectRef<UnknownDevices>('UnknownDevices').implement({
  fields: (t) => ({
    devices: t.expose('devices', { type: [UnknownDeviceRef], description: 'Seen last comes first.' }),
    incomplete: t.exposeStringList('incomplete', {
      description: 'Registrars that could not be asked, and why; empty: all of them answered.',
    }),
  }),
});

const DriverDraftRef = builder.objectRef<DriverDraft>('DriverDraft').implement({
  description: 'The start of a driver, in the form of the template of `create-hookswitch-driver`.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'Which file of the template it takes the place of.' }),
    text: t.exposeString('text', {
      description: 'TypeScript. Names of events and variables; of values the shape only.',
    }),
    events: t.exposeInt('events', { description: 'How many kinds of events it is drawn from.' }),
  }),
});

builder.queryFields((t) => ({
  onboardingLinks: t.field({
    type: [OnboardingLinkRef],
    nullable: true,
    description: 'Those that are over included, oldest first. For admins.',
    resolve: async (_root, _args, { application }) => [...(await application.onboarding.links())],
  }),
  unknownDevices: t.field({
    type: UnknownDevicesRef,
    nullable: true,
    description:
      'Devices that came by an onboarding link or are registered at a registrar, and are no phones. Kept in memory for a day.',
    resolve: (_root, _args, { application }) => application.onboarding.unknownDevices(),
  }),
  draftDefinition: t.field({
    type: DriverDraftRef,
    nullable: true,
    description: 'The start of a driver, drawn from what a phone or an unknown device sent. Give one of the two.',
    args: { phoneId: t.arg.id(), unknownDeviceId: t.arg.id() },
    resolve: (_root, { phoneId, unknownDeviceId }, { application }) => {
      const [given, ...more] = [
        ...(typeof phoneId === 'string' ? [{ phoneId: rawIdOf('Phone', phoneId) }] : []),
        ...(typeof unknownDeviceId === 'string' ? [{ deviceId: rawIdOf('UnknownDevice', unknownDeviceId) }] : []),
      ];
      if (given === undefined || more.length > 0) {
        throw new RequestError('BAD_USER_INPUT', 'Give phoneId or unknownDeviceId, and not both.');
      }
      return application.onboarding.draftDefinition(given);
    },
  }),
}));

builder.mutationFields((t) => ({
  createOnboardingLink: t.field({
    type: CreatedOnboardingLinkRef,
    nullable: true,
    description: 'For admins. `expiresAt` left out: in a day; at most in 30 days. A few may be open at once.',
    args: { expiresAt: t.arg({ type: 'DateTime' }) },
    resolve: (_root, { expiresAt }, { application, caller }) =>
      application.onboarding.createLink({ expiresAt: expiresAt ?? undefined }, caller),
  }),
  revokeOnboardingLink: t.field({
    type: OnboardingLinkRef,
    nullable: true,
    description: 'At once. What came by it stays in the list. For admins.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { application, caller }) =>
      application.onboarding.revokeLink(rawIdOf('OnboardingLink', id), caller),
  }),
}));

import { builder } from './builder.ts';
import { CommandConnectionRef, PhoneEventConnectionRef } from './connections.ts';
import { PhoneCapabilityRef } from './driver.ts';
import { CertificateCheckRef, ReachabilityRef } from './enums.ts';
import { encodeId } from './ids.ts';
import { readCommands, readEvents } from './lists.ts';
import { forwardArgs, logArgs } from './pages.ts';
import { ActionUrlRef, FeatureStateRef, KeptSwitchRef, LedRef, ProvisioningRef } from './phone-parts.ts';
import { CallRef, DriverRef, NodeRef, PhoneRef } from './refs.ts';

PhoneRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('Phone', id) }),
    name: t.exposeString('name'),
    vendor: t.exposeString('vendor', { description: '`snom`, `yealink`, …: the `vendor` of its driver.' }),
    driver: t.field({
      type: DriverRef,
      nullable: true,
      description: 'Null where that driver is not installed any more.',
      resolve: ({ vendor }, _args, { application }) => application.drivers.get(vendor),
    }),
    model: t.exposeString('model', { nullable: true }),
    firmware: t.exposeString('firmware', { nullable: true }),
    mac: t.expose('mac', { type: 'MacAddress', nullable: true }),
    address: t.exposeString('address', {
      nullable: true,
      description:
        "Origin of the phone's web server, e.g. `http://192.0.2.20`; null for one reached by SIP only, or not at all.",
    }),
    sipUri: t.exposeString('sipUri', {
      nullable: true,
      description: 'Where SIP requests for this phone go, e.g. `sip:101@192.0.2.20:5060`.',
    }),
    certificateCheck: t.field({
      type: CertificateCheckRef,
      description: "How the certificate of the phone's web server is checked, where its address is `https`.",
      resolve: ({ tls }) => tls?.check ?? 'PINNED',
    }),
    certificate: t.string({
      nullable: true,
      description: 'SHA-256 fingerprint of the certificate that the phone must have; null where none is known yet.',
      resolve: ({ tls }) => tls?.fingerprint ?? null,
    }),
    tags: t.exposeStringList('tags'),
    removedAt: t.expose('removedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Set once removed: `phones` leaves it out, its calls, events and commands still lead here.',
    }),
  }),
});

// What the gateway knows of it beside what was registered.
builder.objectFields(PhoneRef, (t) => ({
  reachability: t.field({
    type: ReachabilityRef,
    description:
      'ONLINE: it answers. SILENT: it answers, used to report, and reports nothing of the commands that it takes; see `silentSince`.',
    resolve: ({ id }, _args, { application }) => application.phones.reachability(id),
  }),
  lastEventAt: t.field({
    type: 'DateTime',
    nullable: true,
    resolve: ({ id }, _args, { application }) => application.phones.lastEventAt(id),
  }),
  silentSince: t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'Since when the phone, which used to report, takes commands and reports nothing of them, by its action URLs or to who listens to it over SIP; null: nothing speaks for that. See `diagnosis` and `verifyEventPath`.',
    resolve: ({ id }, _args, { application }) => application.phones.silentSince(id),
  }),
  capabilities: t.field({
    type: [PhoneCapabilityRef],
    resolve: ({ id }, _args, { application }) => application.phones.capabilities(id),
  }),
  keys: t.field({
    type: ['PhoneKey'],
    nullable: true,
    description:
      'The keys that it has of its own, by its model: pad, named keys, then numbered ones from 1. Without keys whose number is not known and those of expansion modules; null where its driver does not tell.',
    resolve: ({ id }, _args, { application }) => application.phones.keys(id),
  }),
  activeCalls: t.field({
    type: [CallRef],
    description: 'Calls on this phone that have not ended.',
    resolve: ({ id }, _args, { application }) => application.calls.active(id),
  }),
  leds: t.field({
    type: [LedRef],
    description: 'Lights as the gateway wants them to be.',
    resolve: ({ id }, _args, { application }) => application.phones.leds(id),
  }),
  keptSwitches: t.field({
    type: [KeptSwitchRef],
    description: 'Switches as the gateway keeps them: `keep` of `setDoNotDisturb` and `setForwarding`.',
    resolve: ({ id }, _args, { application }) => application.phones.wishes(id),
  }),
  features: t.field({
    type: [FeatureStateRef],
    description: "What is known of the phone's switches, from its events.",
    resolve: ({ id }, _args, { application }) => application.phones.features(id),
  }),
  actionUrls: t.field({
    type: [ActionUrlRef],
    nullable: true,
    description:
      'The URLs to configure on the phone so that its events reach the gateway. They hold a secret: null without the right.',
    resolve: ({ id }, _args, { application, caller }) => application.phones.actionUrls(id, caller),
  }),
  provisioning: t.field({
    type: ProvisioningRef,
    nullable: true,
    description:
      "All that the phone must be given so that control and events work, as its vendor's provisioning file; null likewise.",
    resolve: ({ id }, _args, { application, caller }) => application.phones.provisioning(id, caller),
  }),
  events: t.field({
    type: PhoneEventConnectionRef,
    args: logArgs,
    resolve: ({ id }, args, context) => readEvents({ phoneIds: [id] }, args, context),
  }),
  commands: t.field({
    type: CommandConnectionRef,
    args: forwardArgs,
    resolve: ({ id }, args, context) => readCommands({ phoneIds: [id] }, args, context),
  }),
}));

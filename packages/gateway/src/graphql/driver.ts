import type { CapabilityView, DriverView } from '../application.ts';
import type { DriverHealth } from '../drivers/driver-port.ts';
import type { DriverClaim } from '../drivers/driver-proof.ts';
import { builder } from './builder.ts';
import {
  CapabilityRef,
  DriverIsolationRef,
  DriverStateRef,
  DriverTierRef,
  EvidenceRef,
  TransportRef,
} from './enums.ts';
import { encodeId } from './ids.ts';
import { DriverRef, NodeRef } from './refs.ts';

/** `PhoneCapability`. */
export const PhoneCapabilityRef = builder.objectRef<CapabilityView>('PhoneCapability').implement({
  description: 'What this phone (its model, its firmware, its configured transports) can do.',
  fields: (t) => ({
    capability: t.expose('capability', { type: CapabilityRef }),
    transports: t.expose('transports', {
      type: [TransportRef],
      description: 'In the order in which the driver tries them.',
    }),
    evidence: t.expose('evidence', { type: EvidenceRef }),
    source: t.exposeString('source', {
      nullable: true,
      description: "Where the evidence comes from: a manual's page, a recorded exchange.",
    }),
  }),
});

const DriverHealthRef = builder.objectRef<DriverHealth>('DriverHealth').implement({
  description: 'How a driver stands, and what is wrong with it.',
  fields: (t) => ({
    state: t.expose('state', { type: DriverStateRef }),
    isolation: t.expose('isolation', { type: DriverIsolationRef }),
    fault: t.exposeString('fault', {
      nullable: true,
      description: 'Why it was not loaded, or why its worker was ended last; null: never.',
    }),
    restarts: t.exposeInt('restarts', { description: 'How many workers took the place of one that was ended.' }),
  }),
});

const DriverModelRef = builder.objectRef<DriverView['models'][number]>('DriverModel').implement({
  fields: (t) => ({
    model: t.exposeString('model'),
    functionKeys: t.exposeInt('functionKeys', { nullable: true }),
    capabilities: t.expose('capabilities', { type: [PhoneCapabilityRef] }),
  }),
});

const DriverClaimRef = builder.objectRef<DriverClaim>('DriverClaim').implement({
  description: 'One way to serve a capability on a phone that the driver was tried on, and how it is known.',
  fields: (t) => ({
    phone: t.exposeString('phone', { description: "The phone as the driver's test suite calls it." }),
    model: t.exposeString('model', { nullable: true }),
    firmware: t.exposeString('firmware', { nullable: true }),
    capability: t.expose('capability', { type: CapabilityRef }),
    transport: t.expose('transport', { type: TransportRef }),
    evidence: t.expose('evidence', { type: EvidenceRef }),
    source: t.exposeString('source', { nullable: true }),
  }),
});

DriverRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ resolve: ({ vendor }) => encodeId('Driver', vendor) }),
    vendor: t.exposeString('vendor', {
      description: 'What filters and `addPhone` take: `snom`, `yealink`, …; one driver a vendor.',
    }),
    name: t.exposeString('name'),
    version: t.exposeString('version'),
    contractVersion: t.exposeString('contractVersion'),
    models: t.expose('models', { type: [DriverModelRef] }),
    health: t.expose('health', { type: DriverHealthRef }),
    tier: t.expose('tier', {
      type: DriverTierRef,
      nullable: true,
      description:
        'From the result that its package brings; null where there is none, or it is of another version or other claims.',
    }),
    claims: t.expose('claims', {
      type: [DriverClaimRef],
      description:
        'What it claims for the phones that it was tried on, ways of a capability best first; empty where `tier` has no result.',
    }),
  }),
});

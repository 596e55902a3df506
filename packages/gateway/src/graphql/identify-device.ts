import type { DeviceAt, DeviceCandidate, DeviceMatch } from '../application.ts';
import type { MatchDecision } from '../phones/decide-match.ts';
import { builder } from './builder.ts';
import { phoneFailure, phoneFailures } from './phone-result.ts';
import { FAILURE_REFS } from './refs.ts';

/** `DeviceCandidate`. */
export const DeviceCandidateRef = builder.objectRef<DeviceCandidate>('DeviceCandidate').implement({
  description: 'What a driver makes of a device.',
  fields: (t) => ({
    vendor: t.exposeString('vendor', { description: 'As in `Driver.vendor`.' }),
    score: t.exposeInt('score', { description: '1 to 100: certain.' }),
    reasons: t.exposeStringList('reasons', { description: 'For people: why.' }),
    model: t.exposeString('model', { nullable: true }),
    firmware: t.exposeString('firmware', { nullable: true }),
    mac: t.expose('mac', { type: 'MacAddress', nullable: true }),
  }),
});

/** `MatchExplanation`. */
export const MatchExplanationRef = builder.objectRef<MatchDecision>('MatchExplanation').implement({
  description: 'Which driver gets a device, and why: by score, among equal ones by the precedence that is stated.',
  fields: (t) => ({
    vendor: t.exposeString('vendor', {
      nullable: true,
      description: 'As in `Driver.vendor`; null: nobody, or it is open between some.',
    }),
    reason: t.exposeString('reason', { description: 'For people.' }),
  }),
});

type Identified = Pick<DeviceMatch, 'candidates' | 'match'>;

const DeviceIdentificationRef = builder.objectRef<Identified>('DeviceIdentification').implement({
  description: 'Whose a device may be, the likeliest first; none where no driver knows it.',
  fields: (t) => ({
    candidates: t.expose('candidates', { type: [DeviceCandidateRef] }),
    explainMatch: t.expose('match', { type: MatchExplanationRef, description: 'Who wins, and why.' }),
  }),
});

const IdentifyDeviceResultRef = builder.unionType('IdentifyDeviceResult', {
  types: [DeviceIdentificationRef, ...phoneFailures],
  resolveType: (value) => ('candidates' in value ? DeviceIdentificationRef.name : FAILURE_REFS[value.code].name),
});

const IdentifyDeviceInput = builder.inputType('IdentifyDeviceInput', {
  fields: (t) => ({
    address: t.string({ required: true, description: 'Of its web interface: `192.0.2.20`, `https://192.0.2.20`.' }),
    username: t.string(),
    password: t.string(),
  }),
});

/** As the application takes it: null means left out. */
function deviceAt({ address, username, password }: typeof IdentifyDeviceInput.$inferInput): DeviceAt {
  return { address, username: username ?? undefined, password: password ?? undefined };
}

builder.mutationField('identifyDevice', (t) =>
  t.field({
    type: IdentifyDeviceResultRef,
    nullable: true,
    description:
      'Asks a device whose it is, without making it known: what `addPhone` does first. A mutation, since it takes a password.',
    args: { input: t.arg({ type: IdentifyDeviceInput, required: true }) },
    resolve: async (_root, { input }, { application, caller }) => {
      const result = await application.phones.identify(deviceAt(input), caller);
      return result.ok ? result.value : phoneFailure(result.failure);
    },
  }),
);

import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createSchema, printedSchema } from '../../src/graphql/schema.ts';

const contractFile = new URL('../../../../../shared/contract/schema.graphql', import.meta.url);

test('schema.graphql is what the code declares (npm run schema writes it)', () => {
  const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(printedSchema()).toBe(committed);
});

// The contract lives beside the repository, not in it: who has only the repository has the committed schema.
describe.runIf(existsSync(contractFile))('the contract', () => {
  const contract = existsSync(contractFile) ? buildSchema(readFileSync(contractFile, 'utf8')) : createSchema();

  test('is kept', () => {
    expect(findBreakingChanges(contract, createSchema())).toEqual([]);
  });

  test('is added to on purpose only', () => {
    const additions = findBreakingChanges(createSchema(), contract).map(({ description }) => description);
    expect(additions.toSorted()).toEqual([
      'ACTION_URLS_DRIFTED was removed from enum type DeviceEventKind.',
      'AddPhoneInput.certificate was removed.',
      'AddPhoneInput.certificateCheck was removed.',
      'ApiKey was removed.',
      'AuditCaller was removed.',
      'AuditEntry was removed.',
      'AuditEntryConnection was removed.',
      'AuditEntryEdge was removed.',
      'AuditFilter was removed.',
      'AuditOutcome was removed.',
      'CONFERENCED was removed from enum type CallEventKind.',
      'Call.inferred was removed.',
      'CallEvent.phoneId was removed.',
      'CertificateCheck was removed.',
      'Command.skippedTransports was removed.',
      'Command.unproven was removed.',
      'Command.unreadableSettings was removed.',
      'CommandExplanation.skippedTransports was removed.',
      'CommandExplanation.source was removed.',
      'CommandUpdate was removed.',
      'CreatedApiKey was removed.',
      'CreatedOnboardingLink was removed.',
      'DeviceCandidate was removed.',
      'DeviceEvent.phoneId was removed.',
      'DeviceIdentification was removed.',
      'Driver.claims was removed.',
      'Driver.health was removed.',
      'Driver.tier was removed.',
      'DriverClaim was removed.',
      'DriverDraft was removed.',
      'DriverFailed was removed.',
      'DriverHealth was removed.',
      'DriverIsolation was removed.',
      'DriverState was removed.',
      'DriverTier was removed.',
      'FeatureEvent.phoneId was removed.',
      'FirstContact was removed.',
      'IdentifyDeviceInput was removed.',
      'IdentifyDeviceResult was removed.',
      'KeptSwitch was removed.',
      'MatchExplanation was removed.',
      'Mutation.createApiKey was removed.',
      'Mutation.createOnboardingLink was removed.',
      'Mutation.identifyDevice was removed.',
      'Mutation.revokeApiKey was removed.',
      'Mutation.revokeOnboardingLink was removed.',
      'OnboardingLink was removed.',
      'OnboardingUrl was removed.',
      'OtherEvent.phoneId was removed.',
      'Phone.certificate was removed.',
      'Phone.certificateCheck was removed.',
      'Phone.keptSwitches was removed.',
      'Phone.keys was removed.',
      'Phone.silentSince was removed.',
      'PhoneBy.sipUser was removed.',
      'PhoneEvent.phoneId was removed.',
      'Query.apiKeys was removed.',
      'Query.audit was removed.',
      'Query.draftDefinition was removed.',
      'Query.onboardingLinks was removed.',
      'Query.unknownDevices was removed.',
      'Query.viewer was removed.',
      'RegistrationEvent.phoneId was removed.',
      'SILENT was removed from enum type Reachability.',
      'Scope was removed.',
      'SetDoNotDisturbCommand.keep was removed.',
      'SetForwardingCommand.keep was removed.',
      'SkippedTransport was removed.',
      'StateUnknown was removed.',
      'Subscription.commands was removed.',
      'SwitchKeep was removed.',
      'UnknownDevice was removed.',
      'UnknownDevices was removed.',
      'UnprovenReason was removed.',
      'UpdatePhoneInput.certificate was removed.',
      'UpdatePhoneInput.certificateCheck was removed.',
      'UserEvent.phoneId was removed.',
      'Viewer was removed.',
    ]);
  });

  test('gives every description', () => {
    const described = descriptionsOf(contract);
    expect(described.size).toBeGreaterThan(100);
    const printed = descriptionsOf(createSchema());
    const differing = [...described].filter(([place, description]) => printed.get(place) !== description);
    expect(differing).toEqual([]);
  });

  test('says which inputs take exactly one member', () => {
    expect(oneOfsIn(createSchema())).toEqual(oneOfsIn(contract));
    expect(oneOfsIn(contract)).toEqual(['CommandInput', 'PhoneBy']);
  });
});

function descriptionsOf(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const places = Object.values(schema.getTypeMap()).flatMap((type) => [
    [type.name, type.description] as const,
    ...membersOf(type).map(({ name, description }) => [`${type.name}.${name}`, description] as const),
  ]);
  return new Map(
    places.filter((place): place is [string, string] => typeof place[1] === 'string' && !place[0].startsWith('__')),
  );
}

function membersOf(type: GraphQLNamedType) {
  if (isEnumType(type)) return type.getValues();
  const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
  return hasFields ? Object.values(type.getFields()) : [];
}

function oneOfsIn(schema: GraphQLSchema): readonly string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isInputObjectType(type) && type.isOneOf);
  return types.map(({ name }) => name).sort();
}

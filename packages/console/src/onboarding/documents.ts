import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql.ts';

/** Asks a device whose it is, without making it known. */
export const IdentifyDeviceMutation = graphql(`
  mutation IdentifyDevice($input: IdentifyDeviceInput!) {
    identifyDevice(input: $input) {
      __typename
      ... on DeviceIdentification { candidates { vendor score reasons model firmware mac } }
      ... on Failure { code message }
    }
  }
`);

type Identified = NonNullable<ResultOf<typeof IdentifyDeviceMutation>['identifyDevice']>;
/** What a driver makes of a device. */
export type DeviceCandidate = Extract<Identified, { __typename: 'DeviceIdentification' }>['candidates'][number];

/** Makes a phone known. Without `vendor` the gateway asks the device, and the drivers say whose it is. */
export const AddPhoneMutation = graphql(`
  mutation AddPhone($input: AddPhoneInput!) {
    addPhone(input: $input) {
      __typename
      ... on Phone {
        id
        name
        vendor
        model
        firmware
        mac
        reachability
        capabilities { capability evidence }
        driver { name version }
      }
      ... on Failure { code message }
      ... on VendorUnidentified { candidates { vendor name } }
      ... on PhoneConflict { existing { id name } }
      ... on InvalidArgument { argument }
    }
  }
`);

/** What a phone is added with. */
export type AddPhoneInput = VariablesOf<typeof AddPhoneMutation>['input'];
type AddPhoneResult = NonNullable<ResultOf<typeof AddPhoneMutation>['addPhone']>;
/** A phone that was just added. */
export type AddedPhone = Extract<AddPhoneResult, { __typename: 'Phone' }>;
/** Why one was not. */
export type AddFailure = Exclude<AddPhoneResult, { __typename: 'Phone' }>;

/** The vendors that have a driver here. */
export const DriversQuery = graphql(`
  query Drivers {
    drivers { vendor name version models { model } }
  }
`);

/** Devices that made themselves known and are no phones yet. */
export const UnknownDevicesQuery = graphql(`
  query UnknownDevices {
    unknownDevices {
      incomplete
      devices {
        id
        address
        mac
        model
        firmware
        sipUri
        seenBy
        lastSeenAt
        candidates { vendor score reasons model firmware mac }
        explainMatch { vendor reason }
      }
    }
  }
`);

/** A device that is no phone yet. */
export type UnknownDevice = NonNullable<ResultOf<typeof UnknownDevicesQuery>['unknownDevices']>['devices'][number];

/** A link that is put into phones, so that they make themselves known. */
export const CreateOnboardingLinkMutation = graphql(`
  mutation CreateOnboardingLink {
    createOnboardingLink {
      link { id expiresAt }
      urls { vendor setting url }
    }
  }
`);

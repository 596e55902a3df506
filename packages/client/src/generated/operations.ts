// Generated from the schema and operations/ by `npm run generate`. Do not edit.
import type { Operation } from '../operation.ts';
import type * as Types from './types.ts';

const FailureFields = 'fragment FailureFields on Failure{__typename code message retryable ...on CapabilityUnsupported{capability alternatives}...on EventPathBroken{hop}...on IdempotencyConflict{original{id name}}...on InvalidArgument{argument}...on InvalidCallState{actual}...on PhoneRejected{phoneStatus phoneCode}...on PolicyDenied{rule}...on RateLimited{retryAfterMs}...on SettingsDiffer{differences{name expected actual}}}';
const CommandFields = 'fragment CommandFields on Command{id name status changed transport skippedTransports{transport reason}unproven unreadableSettings requestedAt requestedBy sentAt repliedAt settledAt failure{...FailureFields}}';
const PhoneFields = 'fragment PhoneFields on Phone{id name vendor model firmware mac address sipUri tags reachability lastEventAt silentSince removedAt}';
const PartyFields = 'fragment PartyFields on Party{displayName number uri}';
const CallFields = 'fragment CallFields on Call{id state direction startedAt answeredAt endedAt endReason endInferred heldByRemote muted local{...PartyFields}remote{...PartyFields}transfer{kind state target{...PartyFields}}}';
const EventFields = 'fragment EventFields on PhoneEvent{id cursor phoneId receivedAt vendorEvent variables{name value}...on CallEvent{callEventKind callState call{...CallFields}}...on DeviceEvent{deviceEventKind}...on FeatureEvent{feature enabled target}...on RegistrationEvent{accountUri registrationState}...on UserEvent{userEventKind key}}';
const ApiKeyFields = 'fragment ApiKeyFields on ApiKey{id name scopes tags masksNumbers createdAt expiresAt revokedAt}';
const OnboardingLinkFields = 'fragment OnboardingLinkFields on OnboardingLink{id createdAt createdBy expiresAt revokedAt}';

/** `query activeCalls` */
export const activeCalls: Operation<Types.ActiveCallsQuery, Types.ActiveCallsQueryVariables> = {
  name: 'activeCalls',
  id: 'd2cc5168f7b6cded87cdcc9ece74ca76c8ae9ce5efafc8cf2aab866dde880886',
  text: 'query activeCalls($phoneId:ID!){phone(by:{id:$phoneId}){activeCalls{...CallFields}}}' + CallFields + PartyFields,
};

/** `mutation addPhone` */
export const addPhone: Operation<Types.AddPhoneMutation, Types.AddPhoneMutationVariables> = {
  name: 'addPhone',
  id: 'a4f10f6424ac65b4c6725d067e98b7263930c39794a6945fecf872b442417feb',
  text: 'mutation addPhone($input:AddPhoneInput!){addPhone(input:$input){__typename ...on Phone{...PhoneFields}...FailureFields ...on PhoneConflict{existing{id name}}...on VendorUnidentified{candidates{vendor name}}}}' + FailureFields + PhoneFields,
};

/** `mutation answer` */
export const answer: Operation<Types.AnswerMutation, Types.AnswerMutationVariables> = {
  name: 'answer',
  id: '7fafdb3878f51ae756c6ea33888fce4cdb58f49d185b31859ad9c1085f1e2ad6',
  text: 'mutation answer($phoneId:ID!$command:AnswerCommand$idempotencyKey:String){answer(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query apiKeys` */
export const apiKeys: Operation<Types.ApiKeysQuery, Types.ApiKeysQueryVariables> = {
  name: 'apiKeys',
  id: '016152891844bcb268bcb772a73bc1e2bf58e5a368963cca98695b0cc63755b0',
  text: 'query apiKeys{apiKeys{...ApiKeyFields}}' + ApiKeyFields,
};

/** `query callHistory` */
export const callHistory: Operation<Types.CallHistoryQuery, Types.CallHistoryQueryVariables> = {
  name: 'callHistory',
  id: 'd35d3cec55b23f6d8fccbef6e0d7c0b0fc8e399f66fe3d90cf31d0b77c06a77a',
  text: 'query callHistory($filter:CallFilter$first:Int$after:String){calls(filter:$filter first:$first after:$after){nodes{...CallFields phone{id name}}pageInfo{endCursor hasNextPage}}}' + CallFields + PartyFields,
};

/** `subscription calls` */
export const calls: Operation<Types.CallsSubscription, Types.CallsSubscriptionVariables> = {
  name: 'calls',
  id: '5297303fd775bda82dd388abc17c5de389b44dda2259907b6e37b19e8256a7fa',
  text: 'subscription calls($filter:CallFilter){calls(filter:$filter){__typename ...on Call{...CallFields phone{id name}}...on CaughtUp{cursor}}}' + CallFields + PartyFields,
};

/** `mutation cancelTransfer` */
export const cancelTransfer: Operation<Types.CancelTransferMutation, Types.CancelTransferMutationVariables> = {
  name: 'cancelTransfer',
  id: '10aaf7351dc61d0bfc9f2df976999b39775c7bf32b1ffa3a0e8bf0a780f21b50',
  text: 'mutation cancelTransfer($phoneId:ID!$command:CancelTransferCommand$idempotencyKey:String){cancelTransfer(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation clearCallLists` */
export const clearCallLists: Operation<Types.ClearCallListsMutation, Types.ClearCallListsMutationVariables> = {
  name: 'clearCallLists',
  id: '10b2291a4c63ec3261ccde3e16822d640fad85a2d4fb1e65da4ca34477735f60',
  text: 'mutation clearCallLists($phoneId:ID!$command:ClearCallListsCommand!$idempotencyKey:String){clearCallLists(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query command` */
export const command: Operation<Types.CommandQuery, Types.CommandQueryVariables> = {
  name: 'command',
  id: 'a6a129ec87d3e0397bcc4c724ec676534ece9d9c8aa42213efab493f43bad299',
  text: 'query command($id:ID!){node(id:$id){...on Command{...CommandFields}}}' + CommandFields + FailureFields,
};

/** `mutation completeTransfer` */
export const completeTransfer: Operation<Types.CompleteTransferMutation, Types.CompleteTransferMutationVariables> = {
  name: 'completeTransfer',
  id: '0e66e37d0af8eb8380fead31f937104264bf7d808a81af12ef27bc2a92e84226',
  text: 'mutation completeTransfer($phoneId:ID!$command:CompleteTransferCommand$idempotencyKey:String){completeTransfer(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation conference` */
export const conference: Operation<Types.ConferenceMutation, Types.ConferenceMutationVariables> = {
  name: 'conference',
  id: 'faeb028f4cc796ce414cb5dbb467d9f93880f6a8a1c2208b95657e83179722e0',
  text: 'mutation conference($phoneId:ID!$command:ConferenceCommand$idempotencyKey:String){conference(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation configureActionUrls` */
export const configureActionUrls: Operation<Types.ConfigureActionUrlsMutation, Types.ConfigureActionUrlsMutationVariables> = {
  name: 'configureActionUrls',
  id: '6a44b824826f44c9fcf731521fc460a03b792b9246f1a5abe749ce64e029c9a2',
  text: 'mutation configureActionUrls($phoneId:ID!$command:ConfigureActionUrlsCommand$idempotencyKey:String){configureActionUrls(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation configureKey` */
export const configureKey: Operation<Types.ConfigureKeyMutation, Types.ConfigureKeyMutationVariables> = {
  name: 'configureKey',
  id: 'a09a39eff19aa4d83ab88da748b1d795d69b335028e2e2f01a42be5749635701',
  text: 'mutation configureKey($phoneId:ID!$command:ConfigureKeyCommand!$idempotencyKey:String){configureKey(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation createApiKey` */
export const createApiKey: Operation<Types.CreateApiKeyMutation, Types.CreateApiKeyMutationVariables> = {
  name: 'createApiKey',
  id: 'a6a36bf0ad8d347a912ca5015624584088b4e1309cc1df665eea3f946447a11d',
  text: 'mutation createApiKey($name:String!$scopes:[Scope!]!$tags:[String!]$maskNumbers:Boolean$expiresAt:DateTime){createApiKey(name:$name scopes:$scopes tags:$tags maskNumbers:$maskNumbers expiresAt:$expiresAt){key apiKey{...ApiKeyFields}}}' + ApiKeyFields,
};

/** `mutation createOnboardingLink` */
export const createOnboardingLink: Operation<Types.CreateOnboardingLinkMutation, Types.CreateOnboardingLinkMutationVariables> = {
  name: 'createOnboardingLink',
  id: '8b35a0a494d6882a7d20373a49529fe1e7e681119237f49af9d3ba618e25cc5d',
  text: 'mutation createOnboardingLink($expiresAt:DateTime){createOnboardingLink(expiresAt:$expiresAt){link{...OnboardingLinkFields}urls{vendor setting url}}}' + OnboardingLinkFields,
};

/** `mutation deflect` */
export const deflect: Operation<Types.DeflectMutation, Types.DeflectMutationVariables> = {
  name: 'deflect',
  id: '16f725927738dd03a082aaaba6a98f3339eba8c294749cee855939d03093e35b',
  text: 'mutation deflect($phoneId:ID!$command:DeflectCommand!$idempotencyKey:String){deflect(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query diagnosis` */
export const diagnosis: Operation<Types.DiagnosisQuery, Types.DiagnosisQueryVariables> = {
  name: 'diagnosis',
  id: 'eb11b3d6d384bf88a49b145ffd0a973235cee5e83877714f3b8a778776c23eaa',
  text: 'query diagnosis($phoneId:ID!){diagnosis(phoneId:$phoneId){findings{code severity message fix}}}',
};

/** `mutation dial` */
export const dial: Operation<Types.DialMutation, Types.DialMutationVariables> = {
  name: 'dial',
  id: '6eebcfb0bd3e74a701a49a74b35cf2551bd5ec079d51128f2094e65aa95a6ec1',
  text: 'mutation dial($phoneId:ID!$command:DialCommand!$idempotencyKey:String){dial(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query draftDefinition` */
export const draftDefinition: Operation<Types.DraftDefinitionQuery, Types.DraftDefinitionQueryVariables> = {
  name: 'draftDefinition',
  id: '8987b10af0bd0894f2477f67fd9b210ec7e23bec6b8fa601d368bea2922faec2',
  text: 'query draftDefinition($phoneId:ID$unknownDeviceId:ID){draftDefinition(phoneId:$phoneId unknownDeviceId:$unknownDeviceId){file text events}}',
};

/** `query drivers` */
export const drivers: Operation<Types.DriversQuery, Types.DriversQueryVariables> = {
  name: 'drivers',
  id: '458ac13e5ea9c97da5a0b0737349fcb1c4aab3e15bfae24842ec3131a0ea8a75',
  text: 'query drivers{drivers{id vendor name version contractVersion}}',
};

/** `query eventHistory` */
export const eventHistory: Operation<Types.EventHistoryQuery, Types.EventHistoryQueryVariables> = {
  name: 'eventHistory',
  id: '6b5bc5864d5681d80614917d1f0ce6976d7868639942241693fb2839bdcaa9bd',
  text: 'query eventHistory($filter:PhoneEventFilter$first:Int$after:String){events(filter:$filter first:$first after:$after){nodes{...EventFields}pageInfo{endCursor hasNextPage}}}' + CallFields + EventFields + PartyFields,
};

/** `query explainCommand` */
export const explainCommand: Operation<Types.ExplainCommandQuery, Types.ExplainCommandQueryVariables> = {
  name: 'explainCommand',
  id: '64d7b3a24e45dfed3888b71ee36921f8c0c8c91f928b0d17554e7769a534a526',
  text: 'query explainCommand($phoneId:ID!$command:CommandInput!){explainCommand(phoneId:$phoneId command:$command){allowed transport evidence source exchanges skippedTransports{transport reason}failure{...FailureFields}}}' + FailureFields,
};

/** `mutation factoryReset` */
export const factoryReset: Operation<Types.FactoryResetMutation, Types.FactoryResetMutationVariables> = {
  name: 'factoryReset',
  id: '7b99016bf70e6ffa6ecf9f843f975a31d0eadaefc218d0380bb35588c4310244',
  text: 'mutation factoryReset($phoneId:ID!$command:FactoryResetCommand!$idempotencyKey:String){factoryReset(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `subscription followCommand` */
export const followCommand: Operation<Types.FollowCommandSubscription, Types.FollowCommandSubscriptionVariables> = {
  name: 'followCommand',
  id: 'aa95b698c6a1ec3c4ca979dc3d17caa8d6e7da3abe0df96fb5c966d196dbc991',
  text: 'subscription followCommand($id:ID!){command(id:$id){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation hangUp` */
export const hangUp: Operation<Types.HangUpMutation, Types.HangUpMutationVariables> = {
  name: 'hangUp',
  id: 'aa4a82fa61edb49a319f8614c38850b879e0383b703ff118aacf7c3296cd4b2c',
  text: 'mutation hangUp($phoneId:ID!$command:HangUpCommand$idempotencyKey:String){hangUp(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation hangUpAll` */
export const hangUpAll: Operation<Types.HangUpAllMutation, Types.HangUpAllMutationVariables> = {
  name: 'hangUpAll',
  id: 'ee72a96b77fa36f1800fa1eabf078f6e644cc3fb831c9e1f79a766820a111af7',
  text: 'mutation hangUpAll($phoneId:ID!$command:HangUpAllCommand$idempotencyKey:String){hangUpAll(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation identifyDevice` */
export const identifyDevice: Operation<Types.IdentifyDeviceMutation, Types.IdentifyDeviceMutationVariables> = {
  name: 'identifyDevice',
  id: '9814b18c246f38e0dbbf2d24059faed9ba36c9d05193427d0127e0654acb4895',
  text: 'mutation identifyDevice($input:IdentifyDeviceInput!){identifyDevice(input:$input){__typename ...on DeviceIdentification{candidates{vendor score reasons model firmware mac}explainMatch{vendor reason}}...FailureFields ...on PhoneConflict{existing{id name}}...on VendorUnidentified{candidates{vendor name}}}}' + FailureFields,
};

/** `mutation logOff` */
export const logOff: Operation<Types.LogOffMutation, Types.LogOffMutationVariables> = {
  name: 'logOff',
  id: '6be2813652199b4b091b056771296799064ca37a65667cab32d652fa2c4f2506',
  text: 'mutation logOff($phoneId:ID!$command:LogOffCommand$idempotencyKey:String){logOff(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query onboardingLinks` */
export const onboardingLinks: Operation<Types.OnboardingLinksQuery, Types.OnboardingLinksQueryVariables> = {
  name: 'onboardingLinks',
  id: 'c2e1e3a8eda50a5d469654aab2b9c24935bddd98b74ea1636bbddfd0b7d3c591',
  text: 'query onboardingLinks{onboardingLinks{...OnboardingLinkFields}}' + OnboardingLinkFields,
};

/** `query phone` */
export const phone: Operation<Types.PhoneQuery, Types.PhoneQueryVariables> = {
  name: 'phone',
  id: '2a3ebeb9cb9a3370d4bc34a2ed429b812b6cbfe40b75646ae53e4258a31eaafc',
  text: 'query phone($by:PhoneBy!){phone(by:$by){...PhoneFields capabilities{capability transports evidence source}}}' + PhoneFields,
};

/** `subscription phoneEvents` */
export const phoneEvents: Operation<Types.PhoneEventsSubscription, Types.PhoneEventsSubscriptionVariables> = {
  name: 'phoneEvents',
  id: '60632d552f0cc550710f05372c3b125eee5b7ae706968fced27ed1ffbe12678d',
  text: 'subscription phoneEvents($filter:PhoneEventFilter$after:String$withPhone:Boolean!=false){phoneEvents(filter:$filter after:$after){__typename ...on PhoneEvent{...EventFields phone@include(if:$withPhone){id name}}...on CaughtUp{cursor}...on EventsMissed{reason resumeCursor}}}' + CallFields + EventFields + PartyFields,
};

/** `query phoneInfo` */
export const phoneInfo: Operation<Types.PhoneInfoQuery, Types.PhoneInfoQueryVariables> = {
  name: 'phoneInfo',
  id: 'c80f6c5720e089b71682b8aeb2b6f0e8918f26129443dcc6d79147819df66600',
  text: 'query phoneInfo($phoneId:ID!){phoneInfo(phoneId:$phoneId){__typename ...on PhoneInfo{mac model firmware transport accounts{account user host displayName label enabled registered}features{feature enabled target since}}...FailureFields}}' + FailureFields,
};

/** `query phones` */
export const phones: Operation<Types.PhonesQuery, Types.PhonesQueryVariables> = {
  name: 'phones',
  id: '56649811ec538f16e92480cb58e8595728bd2b91876063d0265a8a30bfe38759',
  text: 'query phones($filter:PhoneFilter$first:Int$after:String){phones(filter:$filter first:$first after:$after){totalCount nodes{...PhoneFields}pageInfo{endCursor hasNextPage}}}' + PhoneFields,
};

/** `mutation playRingtone` */
export const playRingtone: Operation<Types.PlayRingtoneMutation, Types.PlayRingtoneMutationVariables> = {
  name: 'playRingtone',
  id: '0b885c5d421ba0b091aba3b7cb8d29fc58ebeb4ab267b455fadb948a07a71d82',
  text: 'mutation playRingtone($phoneId:ID!$command:PlayRingtoneCommand!$idempotencyKey:String){playRingtone(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation pressKeys` */
export const pressKeys: Operation<Types.PressKeysMutation, Types.PressKeysMutationVariables> = {
  name: 'pressKeys',
  id: '66bc41e6e4d9856aa39d078eb2e9603849f3f59e89192203247a5cff56004f8d',
  text: 'mutation pressKeys($phoneId:ID!$command:PressKeysCommand!$idempotencyKey:String){pressKeys(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation provision` */
export const provision: Operation<Types.ProvisionMutation, Types.ProvisionMutationVariables> = {
  name: 'provision',
  id: '24dc9a60e35884823aea2aba9ca9613d02b4d9fbae1b0e5798eeaab49c2925c2',
  text: 'mutation provision($phoneId:ID!$command:ProvisionCommand$idempotencyKey:String){provision(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation pushXml` */
export const pushXml: Operation<Types.PushXmlMutation, Types.PushXmlMutationVariables> = {
  name: 'pushXml',
  id: 'db40025b3580dc8d2c86e1ae749338a0c46bdaa37fae9ecc98690f775ea1a71b',
  text: 'mutation pushXml($phoneId:ID!$command:PushXmlCommand!$idempotencyKey:String){pushXml(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation reboot` */
export const reboot: Operation<Types.RebootMutation, Types.RebootMutationVariables> = {
  name: 'reboot',
  id: '26cd98ebb906a11bff3006edb113ecd3ceec8145d6dd701e521addbf1ed3a688',
  text: 'mutation reboot($phoneId:ID!$command:RebootCommand$idempotencyKey:String){reboot(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation refreshCalls` */
export const refreshCalls: Operation<Types.RefreshCallsMutation, Types.RefreshCallsMutationVariables> = {
  name: 'refreshCalls',
  id: '89cb3c816ca4cb4cf0e75f661f9f757ffc9d975d0a784ad45b8c432ec8ba4de3',
  text: 'mutation refreshCalls($phoneId:ID!$command:RefreshCallsCommand$idempotencyKey:String){refreshCalls(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation reject` */
export const reject: Operation<Types.RejectMutation, Types.RejectMutationVariables> = {
  name: 'reject',
  id: 'f7b6a0cc124df3198945b9538be80de9b032e1edef5cb87be841a09bff91be05',
  text: 'mutation reject($phoneId:ID!$command:RejectCommand$idempotencyKey:String){reject(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation removePhone` */
export const removePhone: Operation<Types.RemovePhoneMutation, Types.RemovePhoneMutationVariables> = {
  name: 'removePhone',
  id: 'a297d3cb6d699e0f2951f886f037d954ba564a7521c87c8623ffb36c00b8037f',
  text: 'mutation removePhone($phoneId:ID!){removePhone(phoneId:$phoneId){__typename ...on Phone{...PhoneFields}...FailureFields}}' + FailureFields + PhoneFields,
};

/** `mutation reregister` */
export const reregister: Operation<Types.ReregisterMutation, Types.ReregisterMutationVariables> = {
  name: 'reregister',
  id: '74237246eefad9bcba4ff0055f37ffb68263d274bb2451cbbbf9985f81c7f164',
  text: 'mutation reregister($phoneId:ID!$command:ReregisterCommand$idempotencyKey:String){reregister(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation revokeApiKey` */
export const revokeApiKey: Operation<Types.RevokeApiKeyMutation, Types.RevokeApiKeyMutationVariables> = {
  name: 'revokeApiKey',
  id: 'b8e8890794d76b3dd031f2d265bd3637a3b576d5fffa1a9fde865c75444d0c62',
  text: 'mutation revokeApiKey($id:ID!){revokeApiKey(id:$id){...ApiKeyFields}}' + ApiKeyFields,
};

/** `mutation revokeOnboardingLink` */
export const revokeOnboardingLink: Operation<Types.RevokeOnboardingLinkMutation, Types.RevokeOnboardingLinkMutationVariables> = {
  name: 'revokeOnboardingLink',
  id: '95ed2c841e66e1dab4bb4684b6abfed9c4a10e2e38e1a5fca4260a9db3f59d79',
  text: 'mutation revokeOnboardingLink($id:ID!){revokeOnboardingLink(id:$id){...OnboardingLinkFields}}' + OnboardingLinkFields,
};

/** `mutation rotateActionUrls` */
export const rotateActionUrls: Operation<Types.RotateActionUrlsMutation, Types.RotateActionUrlsMutationVariables> = {
  name: 'rotateActionUrls',
  id: '623ecacf0c8925bcde8fa30b7e91be5b0d606b3212bdd2bc94ab16b7e25fb241',
  text: 'mutation rotateActionUrls($phoneId:ID!$overlapSeconds:Int){rotateActionUrls(phoneId:$phoneId overlapSeconds:$overlapSeconds){__typename ...on Phone{...PhoneFields}...FailureFields}}' + FailureFields + PhoneFields,
};

/** `mutation runOnPhones` */
export const runOnPhones: Operation<Types.RunOnPhonesMutation, Types.RunOnPhonesMutationVariables> = {
  name: 'runOnPhones',
  id: '9fc8a90e0bebd0fef68e3d8ee17770a74bb9bf0331a3fd3a2221a14da0a0bb0c',
  text: 'mutation runOnPhones($filter:PhoneFilter!$command:CommandInput!$idempotencyKey:String){runOnPhones(filter:$filter command:$command idempotencyKey:$idempotencyKey){id total pending}}',
};

/** `query screen` */
export const screen: Operation<Types.ScreenQuery, Types.ScreenQueryVariables> = {
  name: 'screen',
  id: 'ee7737d9dd91ce8ac542d5bed1cb6a6049f50308eaac6a5617d281925db9d28e',
  text: 'query screen($phoneId:ID!){screen(phoneId:$phoneId){__typename ...on PhoneScreen{base64 mediaType widthPx heightPx}...FailureFields}}' + FailureFields,
};

/** `mutation sendDtmf` */
export const sendDtmf: Operation<Types.SendDtmfMutation, Types.SendDtmfMutationVariables> = {
  name: 'sendDtmf',
  id: '0bdb092ed03bb4017b15b6cb4571f202d7165598cbb1d97f0725a399c801e5d1',
  text: 'mutation sendDtmf($phoneId:ID!$command:SendDtmfCommand!$idempotencyKey:String){sendDtmf(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation setDoNotDisturb` */
export const setDoNotDisturb: Operation<Types.SetDoNotDisturbMutation, Types.SetDoNotDisturbMutationVariables> = {
  name: 'setDoNotDisturb',
  id: 'c9c38d34582b4473999e1c1621a2732892255ace932202813a5ddb046a24d855',
  text: 'mutation setDoNotDisturb($phoneId:ID!$command:SetDoNotDisturbCommand!$idempotencyKey:String){setDoNotDisturb(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation setForwarding` */
export const setForwarding: Operation<Types.SetForwardingMutation, Types.SetForwardingMutationVariables> = {
  name: 'setForwarding',
  id: 'd742f88698651aaf305f138d53d1515de936b5dd05b7aea75ce3b47a1eec566c',
  text: 'mutation setForwarding($phoneId:ID!$command:SetForwardingCommand!$idempotencyKey:String){setForwarding(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation setHold` */
export const setHold: Operation<Types.SetHoldMutation, Types.SetHoldMutationVariables> = {
  name: 'setHold',
  id: '804af9db347feab568b22d0b8737a42f41c42a8b08eda818048b0763dcb7e601',
  text: 'mutation setHold($phoneId:ID!$command:SetHoldCommand!$idempotencyKey:String){setHold(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation setLed` */
export const setLed: Operation<Types.SetLedMutation, Types.SetLedMutationVariables> = {
  name: 'setLed',
  id: '27f2341240246c542beba1902de1910b858ab29d8483abc2ff25521fed047456',
  text: 'mutation setLed($phoneId:ID!$command:SetLedCommand!$idempotencyKey:String){setLed(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation setMuted` */
export const setMuted: Operation<Types.SetMutedMutation, Types.SetMutedMutationVariables> = {
  name: 'setMuted',
  id: 'ce824655280ebe4ef63ed4f21270758355da7c22af75166a37b7f3360360c70a',
  text: 'mutation setMuted($phoneId:ID!$command:SetMutedCommand!$idempotencyKey:String){setMuted(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query settings` */
export const settings: Operation<Types.SettingsQuery, Types.SettingsQueryVariables> = {
  name: 'settings',
  id: '5c86bfbe01115f6ca875de9932a958846b17a141e05d2368b57d37ecd22004b2',
  text: 'query settings($phoneId:ID!$names:[String!]){settings(phoneId:$phoneId names:$names){__typename ...on PhoneSettings{transport settings{name value writable}}...FailureFields}}' + FailureFields,
};

/** `mutation showMessage` */
export const showMessage: Operation<Types.ShowMessageMutation, Types.ShowMessageMutationVariables> = {
  name: 'showMessage',
  id: 'c1e4a222dbd92f08782f6c623b0d9dd033f37c351a2fd1a0cf78a685eecb3e4d',
  text: 'mutation showMessage($phoneId:ID!$command:ShowMessageCommand!$idempotencyKey:String){showMessage(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation touch` */
export const touch: Operation<Types.TouchMutation, Types.TouchMutationVariables> = {
  name: 'touch',
  id: '87885f672d01372324c80aca9a46d9c9ac9bf6cfccfaab458520f04bcce76c38',
  text: 'mutation touch($phoneId:ID!$command:TouchCommand!$idempotencyKey:String){touch(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation transfer` */
export const transfer: Operation<Types.TransferMutation, Types.TransferMutationVariables> = {
  name: 'transfer',
  id: '724f217ac24d37d8b12a6519ac8e1d515695f1b2bca82f753db1273606226730',
  text: 'mutation transfer($phoneId:ID!$command:TransferCommand!$idempotencyKey:String){transfer(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query unknownDevices` */
export const unknownDevices: Operation<Types.UnknownDevicesQuery, Types.UnknownDevicesQueryVariables> = {
  name: 'unknownDevices',
  id: 'd84f0eb31a458ae962478130ced8895729df39c237231284d0402e7e50a4c7a0',
  text: 'query unknownDevices{unknownDevices{incomplete devices{id address mac model firmware sipUri seenBy firstSeenAt lastSeenAt timesSeen candidates{vendor score reasons model firmware mac}explainMatch{vendor reason}}}}',
};

/** `mutation updatePhone` */
export const updatePhone: Operation<Types.UpdatePhoneMutation, Types.UpdatePhoneMutationVariables> = {
  name: 'updatePhone',
  id: 'fd4ec596bcc4361cc80fc4a8b00b809a088ae9837ff1ff4d09fea2622d64884e',
  text: 'mutation updatePhone($phoneId:ID!$input:UpdatePhoneInput!){updatePhone(phoneId:$phoneId input:$input){__typename ...on Phone{...PhoneFields}...FailureFields ...on PhoneConflict{existing{id name}}}}' + FailureFields + PhoneFields,
};

/** `mutation upgradeFirmware` */
export const upgradeFirmware: Operation<Types.UpgradeFirmwareMutation, Types.UpgradeFirmwareMutationVariables> = {
  name: 'upgradeFirmware',
  id: '5e50cdb904e2f020599c7ae33c3a2b913a87e51110990559291fac1f0560ff71',
  text: 'mutation upgradeFirmware($phoneId:ID!$command:UpgradeFirmwareCommand!$idempotencyKey:String){upgradeFirmware(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `mutation verifyEventPath` */
export const verifyEventPath: Operation<Types.VerifyEventPathMutation, Types.VerifyEventPathMutationVariables> = {
  name: 'verifyEventPath',
  id: '294cd4feb808b056037072ef3a443b0afdfb1366136ebe34c6f92d9ba12b3711',
  text: 'mutation verifyEventPath($phoneId:ID!$command:VerifyEventPathCommand$idempotencyKey:String){verifyEventPath(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

/** `query viewer` */
export const viewer: Operation<Types.ViewerQuery, Types.ViewerQueryVariables> = {
  name: 'viewer',
  id: '720c6b9a8835b8b37f3a689e3f4b957b03cdec837eec39de36fdeb4282150485',
  text: 'query viewer{viewer{name scopes tags masksNumbers expiresAt}}',
};

/** `mutation writeSettings` */
export const writeSettings: Operation<Types.WriteSettingsMutation, Types.WriteSettingsMutationVariables> = {
  name: 'writeSettings',
  id: 'ea7de9a99c4794c5c0b6965493214b795a2cc228b3ca444be3c0d0a1f37a6cff',
  text: 'mutation writeSettings($phoneId:ID!$command:WriteSettingsCommand!$idempotencyKey:String){writeSettings(phoneId:$phoneId command:$command idempotencyKey:$idempotencyKey){...CommandFields}}' + CommandFields + FailureFields,
};

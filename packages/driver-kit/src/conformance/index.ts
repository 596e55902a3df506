export { type Claim, type ModelClaims, modelClaims, type PhoneClaims, phoneClaims } from '../claims/claim.ts';
export { supportMatrix } from '../claims/matrix.ts';
export { CASES } from './cases.table.ts';
export { type ConformanceSummary, conformance } from './conformance.ts';
export type {
  DocumentedCall,
  DocumentedCommand,
  DocumentedDevice,
  DocumentedDiagnosis,
  DocumentedEvent,
  DocumentedModel,
  DocumentedPhone,
  DocumentedReply,
  DocumentedRequest,
  DocumentedSettings,
  DocumentedTelling,
  DocumentedWays,
  VendorDocuments,
} from './documented.ts';
export * from './harness.ts';
export type { RecordedHttp, RecordedReport, RecordedSip, Recording } from './recording.ts';
export type { ConformanceRunner } from './runner.ts';
export type { CapabilityCase, ConformanceCases, MemberCase, Proof, Sample, Scene, ValueOf } from './sample.ts';
export { runVirtual, type VirtualSubject } from './virtual-subject.ts';

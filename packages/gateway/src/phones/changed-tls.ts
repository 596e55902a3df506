import type { PhonePatch } from '../application.ts';
import type { PhoneTls } from '../model.ts';
import { parseFingerprint } from '../transport/certificates.ts';

/** What is asked of the certificate after a change; null: what was given is no fingerprint. */
export function changedTls(
  before: PhoneTls,
  patch: Pick<PhonePatch, 'certificate' | 'certificateCheck'>,
): PhoneTls | null {
  const { certificate, certificateCheck: check = before.check } = patch;
  const fingerprint = certificate == null ? null : parseFingerprint(certificate);
  if (certificate != null && fingerprint === null) return null;
  return { check: check ?? 'PINNED', fingerprint: certificate === undefined ? before.fingerprint : fingerprint };
}

import type { Finding } from '@hookswitch/core';
import { builder } from './builder.ts';
import { FindingSeverityRef } from './enums.ts';

const FindingRef = builder.objectRef<Finding>('Finding').implement({
  description: '`code`: stable. `fix`: what to do, in words; null where all is well.',
  fields: (t) => ({
    code: t.exposeString('code'),
    severity: t.expose('severity', { type: FindingSeverityRef }),
    message: t.exposeString('message'),
    fix: t.exposeString('fix', { nullable: true }),
  }),
});

/** `Diagnosis`. */
export const DiagnosisRef = builder.objectRef<readonly Finding[]>('Diagnosis').implement({
  fields: (t) => ({ findings: t.field({ type: [FindingRef], resolve: (findings) => findings }) }),
});

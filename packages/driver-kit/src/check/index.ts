export { checkDriverPackage } from './check-package.ts';
export { type CodeSize, driverSize } from './code-size.ts';
export type { PackageFinding } from './finding.ts';
export { FINDINGS, type FindingCode, type FindingKind } from './findings.table.ts';

import type { Finding } from './finding.ts';
import { SAID_BY } from './said-by.table.ts';

/** Findings of a phone without those that say in other words what another one says. */
export function withoutRepetition(findings: readonly Finding[]): readonly Finding[] {
  const codes = new Set(findings.map(({ code }) => code));
  return findings.filter(({ code, message }) => {
    if (SAID_BY[code]?.some((other) => codes.has(other)) === true) return false;
    // The gateway refuses an address by several rules under one code; its words name the rule.
    return !(codes.has('ADDRESS_NOT_ALLOWED') && message.includes('HOOKSWITCH_ALLOWED_TARGETS'));
  });
}

import type { Finding } from '@hookswitch/core';

/** All is well here. */
export const ok = (code: string, message: string): Finding => ({ code, severity: 'OK', message, fix: null });

/** Something that may stand in the way, or could be better. */
export const notice = (code: string, message: string, fix: string): Finding => ({
  code,
  severity: 'NOTICE',
  message,
  fix,
});

/** Something that stands in the way. */
export const problem = (code: string, message: string, fix: string): Finding => ({
  code,
  severity: 'PROBLEM',
  message,
  fix,
});

export { runAudit } from './audit.ts';
export { checkConfig } from './check-config.ts';
export { examineEngines } from './examine-engines.ts';
export { type KeysCommand, runKeys } from './keys.ts';
export type { CommandOutput } from './output.ts';
export { prepareProcess } from './prepare-process.ts';
export { readConfig } from './read-config.ts';
export { runRotateSecretKey } from './rotate-secret-key.ts';
export { serve } from './serve.ts';

/**
 * The gateway without authorisation, limits and audit, to see what they cost. It has no option for that, and gets none: four of its modules
 * are replaced here by ones that let everything through, before the gateway is loaded.
 */
import { registerHooks } from 'node:module';

const REPLACED: Readonly<Record<string, string>> = {
  '/security/authorise/authorise.js': 'export const authorise = (application) => application;',
  '/security/token-buckets.js': 'export const createTokenBuckets = () => ({ take: () => 0, wait: () => 0 });',
  '/graphql/cost.js': 'export const costOf = () => 0;',
  '/store/sqlite/audit-log.js': `
    export const auditStatements = () => [];
    export const createAuditLog = () => ({ append: async () => {}, list: async () => ({ items: [] }) });`,
};
const left = new Set(Object.keys(REPLACED));

registerHooks({
  load(url, context, nextLoad) {
    const path = Object.keys(REPLACED).find((end) => url.endsWith(`/gateway/dist${end}`));
    if (path === undefined) return nextLoad(url, context);
    left.delete(path);
    return { format: 'module', source: REPLACED[path] ?? '', shortCircuit: true };
  },
});
await import('./gateway.ts');
if (left.size > 0) throw new Error(`the gateway has no ${[...left].join(', ')} any more`);

import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

export default defineProject({
  // Vite would take graphql's ES modules for our sources while Node takes its CommonJS for our dependencies: two copies.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    name: 'site',
    include: ['test/**/*.test.ts'],
    // Most tests start a whole office.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The other packages run as they are built, by Node itself.
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});

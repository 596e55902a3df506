import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

export default defineProject({
  // Vite would take graphql's ES modules for our sources while Node takes its CommonJS for our dependencies: two copies.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    name: 'gateway',
    include: ['test/**/*.test.ts'],
    // Processes, worker threads and whole gateways are started by many tests, on machines that do other things as well.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], ignoreSourceErrors: true },
  },
});

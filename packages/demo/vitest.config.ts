import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'demo',
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], ignoreSourceErrors: true },
    // A whole office is started by most tests.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The other packages run as they are built, by Node itself: so they run for everybody, and graphql is there once.
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});

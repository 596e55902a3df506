import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'cli',
    include: ['test/**/*.test.ts'],
    // The program itself is started by all tests.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The other packages run as they are built, by Node itself: so they run for everybody, and graphql is there once.
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});

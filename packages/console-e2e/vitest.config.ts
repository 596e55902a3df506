import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'console-e2e',
    include: ['test/**/*.test.ts'],
    // A whole office and a browser are started by most tests, and one looks at every view.
    testTimeout: 240_000,
    hookTimeout: 90_000,
    // What has to happen is waited for as long on a busy machine as Playwright waits for what it looks for.
    expect: { poll: { timeout: 30_000 } },
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});

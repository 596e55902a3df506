import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'driver-grandstream',
    include: ['test/**/*.test.ts'],
    // One test may run a whole suite, or ask a driver for all of its models.
    testTimeout: 60_000,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], ignoreSourceErrors: true },
  },
});

import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'sip-peers',
    include: ['test/**/*.test.ts'],
    // The program itself is started by some tests, on machines that do other things as well.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'packaging',
    include: ['test/**/*.test.ts'],
    // Packages are packed, and programs are started, by nearly all tests.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});

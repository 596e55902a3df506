import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'create-hookswitch-driver',
    include: ['test/**/*.test.ts'],
    // Packages are packed and installed as a stranger does.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One more than by default: many tests wait for a process or a clock, and on two cores one worker takes twice as long.
    maxWorkers: '100%',
    projects: ['packages/*/vitest.config.ts', 'examples/vitest.config.ts', 'packaging/vitest.config.ts'],
  },
});

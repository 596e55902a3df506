import { defineConfig } from 'vitest/config';

/** Packages whose lines and branches are to be run by their own tests, all of them, without marks that leave something out. */
const WHOLE = ['core', 'driver-grandstream', 'driver-poly', 'driver-snom', 'driver-yealink'];

export default defineConfig({
  test: {
    projects: WHOLE.map((name) => `packages/${name}/vitest.config.ts`),
    coverage: {
      provider: 'v8',
      include: WHOLE.map((name) => `packages/${name}/src/**/*.ts`),
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100 },
    },
  },
});

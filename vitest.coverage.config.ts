import { defineConfig } from 'vitest/config';

/** Packages whose code is to be run by their own tests, all of it, without marks that leave something out. */
const WHOLE = ['core', 'driver-grandstream', 'driver-poly', 'driver-snom', 'driver-yealink'];

export default defineConfig({
  test: {
    projects: WHOLE.map((name) => `packages/${name}/vitest.config.ts`),
    coverage: {
      provider: 'v8',
      include: WHOLE.map((name) => `packages/${name}/src/**/*.ts`),
      reporter: ['text', 'json-summary'],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
});

import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'sip',
    include: ['test/**/*.test.ts'],
  },
});

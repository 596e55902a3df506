import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'sip-peers',
    include: ['test/**/*.test.ts'],
  },
});

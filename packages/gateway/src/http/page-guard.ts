import type { Plugin } from 'graphql-yoga';
import type { HttpExchange } from './graphql-plugins.ts';

/**
 * Gives a page of HTML its policy, and keeps browsers from guessing at it.
 * @param policy asked for each page, since it is made of what was rendered
 */
export function guardPage(policy: () => Promise<string>): Plugin<object, HttpExchange> {
  return {
    async onResponse({ response }) {
      if (response.headers.get('content-type')?.startsWith('text/html') !== true) return;
      response.headers.set('content-security-policy', await policy());
      response.headers.set('x-content-type-options', 'nosniff');
      response.headers.set('referrer-policy', 'no-referrer');
    },
  };
}

import type { Command } from '../model.ts';

/** What comes out of `Subscription.commands`. */
export type CommandUpdate =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'caughtUp'; readonly cursor: string };

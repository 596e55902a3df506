import type { ManyCommand } from './documents.ts';

/** What many phones can be told at once, and what else is asked for it. */
export const MANY: Readonly<
  Record<string, { readonly name: string; readonly text?: string; readonly command: (text: string) => ManyCommand }>
> = {
  message: {
    name: 'Show a message',
    text: 'Text',
    command: (text) => ({ showMessage: { title: 'Message', text } }),
  },
  dndOn: { name: 'Do not disturb on', command: () => ({ setDoNotDisturb: { enabled: true } }) },
  dndOff: { name: 'Do not disturb off', command: () => ({ setDoNotDisturb: { enabled: false } }) },
  urls: { name: 'Write the action URLs', command: () => ({ configureActionUrls: {} }) },
  verify: { name: 'Check the event path', command: () => ({ verifyEventPath: {} }) },
  refresh: { name: 'Ask for their calls', command: () => ({ refreshCalls: {} }) },
  reboot: { name: 'Reboot', command: () => ({ reboot: {} }) },
};

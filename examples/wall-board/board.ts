import type { Call, Phone } from '@hookswitch/client';

const WORDS = { RINGING: 'rings', DIALING: 'dials', CONNECTED: 'talks', HELD: 'holds', ENDED: '' } as const;

/** The board as text: a line for each phone, and who it talks to. */
export function board(phones: readonly Phone[], calls: readonly Call[]): string {
  const width = Math.max(...phones.map(({ name }) => name.length));
  const lines = phones.map(({ id, name }) => {
    const own = calls.filter(({ phone }) => phone.id === id);
    const doing = own.map(({ state, remote }) => `${WORDS[state]} ${remote.displayName ?? remote.number ?? ''}`.trim());
    return `${name.padEnd(width)}  ${doing.join(', ') || '-'}`;
  });
  return lines.join('\n');
}

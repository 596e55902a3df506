import type { PhoneDetails } from './documents.ts';
import type { LedCommand } from './mutations.ts';

/** What a light means. */
export const LIGHTS = [
  'ON',
  'OFF',
  'BLINK_SLOW',
  'BLINK_FAST',
  'PICKUP',
  'HOLD',
  'MESSAGE',
  'PARK',
  'RECORD',
  'SEIZED',
  'OFFLINE',
  'ERROR',
] as const satisfies readonly LedCommand['light'][];

/** The colours that lights come in. */
export const COLORS = ['GREEN', 'RED', 'ORANGE', 'BLUE'] as const satisfies readonly LedCommand['color'][];

const CLASSES = { GREEN: 'bg-ok', RED: 'bg-bad', ORANGE: 'bg-ring', BLUE: 'bg-hold' } as const;
const FAST: ReadonlySet<string> = new Set(['BLINK_FAST', 'PICKUP', 'ERROR']);
const SLOW: ReadonlySet<string> = new Set(['BLINK_SLOW', 'HOLD', 'PARK', 'MESSAGE']);

/** How a light looks on the page. Without a colour it is green, as on a phone whose lights have one. */
export function lightClasses(led: Pick<PhoneDetails['leds'][number], 'light' | 'color'> | undefined): string {
  if (led === undefined || led.light === 'OFF') return 'bg-line';
  const pace = FAST.has(led.light) ? 'animate-ring' : SLOW.has(led.light) ? 'animate-ring-slow' : '';
  return `${CLASSES[led.color ?? 'GREEN']} ${pace}`;
}

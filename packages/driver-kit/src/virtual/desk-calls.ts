import type { CallLeg, ExchangeLine } from './call.ts';

/** Whether a leg is a call that comes in and rings here. */
export const ringsHere = ({ state, direction }: CallLeg): boolean => state === 'ringing' && direction === 'incoming';

/** Whether a leg is a call that goes out and was not answered yet. */
export const goesOut = ({ state, direction }: CallLeg): boolean =>
  direction === 'outgoing' && (state === 'dialing' || state === 'ringing');

/** Whether a leg is the call that is spoken in. */
export const isConnected = ({ state }: CallLeg): boolean => state === 'connected';

/** Whether this end holds the call. */
export const isHeld = ({ state }: CallLeg): boolean => state === 'held';

/** Acts on the newest leg that is so. @returns whether there was one, and it allowed that */
export function onNewest(
  line: ExchangeLine,
  wanted: (leg: CallLeg) => boolean,
  act: (leg: CallLeg) => boolean,
): boolean {
  const leg = line.legs.findLast(wanted);
  return leg !== undefined && act(leg);
}

/** Holds what is spoken in, as a desk phone does before another call becomes the active one. */
export function holdConnected(line: ExchangeLine): void {
  for (const leg of line.legs) if (isConnected(leg)) line.hold(leg);
}

/** Answers what rings, and holds the call that was connected. @returns whether something rang */
export function answerRinging(line: ExchangeLine): boolean {
  const leg = line.legs.findLast(ringsHere);
  if (leg === undefined) return false;
  holdConnected(line);
  return line.answer(leg);
}

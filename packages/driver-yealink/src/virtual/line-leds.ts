import type { CallLeg, Light, ObservableMap } from '@hookswitch/driver-kit/virtual';

/** A LED that is off. */
export const DARK: Light = { state: 'off', color: undefined };

/** All LEDs of a phone's line keys, dark: `LINE1`, `LINE2`, … */
export const darkLineLeds = (count: number): Readonly<Record<string, Light>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`LINE${at + 1}`, DARK]));

/** Sets a LED as `Led:LINEn_COLOR=state` says. @returns whether there is such a key. */
export const setLineLed = (
  lights: ObservableMap<Light>,
  wanted: { readonly line: number; readonly color: string; readonly state: string },
  offClearsAnyColor: boolean,
): boolean => {
  const name = `LINE${wanted.line}`;
  const light = lights.get(name);
  if (light === undefined) return false;
  const { state, color } = wanted;
  if (state !== 'off') lights.set(name, { state, color });
  else if (offClearsAnyColor || light.color === color) lights.set(name, DARK);
  return true;
};

/** What the LED of a key of type 15 shows of the calls on its account. */
export const lineLedOf = (legs: readonly CallLeg[]): Light => {
  const has = (test: (leg: CallLeg) => boolean) => legs.some(test);
  if (has((leg) => leg.direction === 'incoming' && leg.state === 'ringing'))
    return { state: 'fastflash', color: 'GREEN' };
  if (has((leg) => leg.state !== 'held' && leg.state !== 'ended')) return { state: 'on', color: 'GREEN' };
  return has((leg) => leg.state === 'held') ? { state: 'slowflash', color: 'GREEN' } : DARK;
};

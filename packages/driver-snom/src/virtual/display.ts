import type { SnomParts } from './parts.ts';

const MOOD = {
  dialing: 'Calling',
  ringing: 'Ringing',
  connected: 'Connected',
  held: 'On hold',
  ended: 'Ended',
} as const;

/** What belongs to the line information layer, which `screen.bmp` of 820 and 821 lacks until `FIX_LIL=true`. */
const lineInfo = ({ telephony, features }: SnomParts): readonly string[] => {
  const account = telephony.accountOf(telephony.focus);
  const name = account === undefined ? 'No identity' : account.label;
  return [features.isOn('dnd') ? `${name} DND` : name];
};

/** What the phone itself shows below: calls, the list of held calls, digits. */
const phoneLines = ({ telephony, desk, features }: SnomParts): readonly string[] => {
  const calls = telephony.legs.map((leg) =>
    `${MOOD[leg.state]} ${leg.remote.displayName} ${leg.remote.number}`.replace(/ +/g, ' '),
  );
  return [
    ...(desk.holdList === undefined ? [] : ['Calls on Hold']),
    ...(desk.transferring === undefined ? [] : [`Transfer to ${desk.digits}`]),
    ...calls,
    ...(features.isOn('mute') ? ['Muted'] : []),
    ...(desk.transferring === undefined && desk.digits !== '' ? [desk.digits] : []),
  ];
};

/** The lines on the screen. A document of the browser stands in front of all else. */
export const screenLines = (parts: SnomParts, withLineInfo: boolean): readonly string[] => {
  const { document } = parts.browser;
  const rest = document === undefined ? phoneLines(parts) : [document.title, ...document.lines];
  return [...(withLineInfo ? lineInfo(parts) : []), ...rest];
};

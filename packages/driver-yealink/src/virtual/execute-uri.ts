/** What one `URI` of a `YealinkIPPhoneExecute` asks for. */
export type ExecuteUri =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'led'; readonly line: number; readonly color: string; readonly state: string }
  | { readonly kind: 'dial'; readonly number: string }
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'fetch'; readonly url: string }
  | { readonly kind: 'unknown' };

const LED = /^Led:LINE(\d+)_(RED|GREEN|ORANGE|BLUE)=(on|off|slowflash|fastflash)$/;

/**
 * Reads an Execute URI. The vendor's own table is not public: these are the forms that shipped clients send
 * (CalloraCTI, nesb0t, xivo_cti). Pure.
 */
export const parseExecuteUri = (uri: string): ExecuteUri => {
  if (uri === '') return { kind: 'nothing' };
  const [, line, color, state] = LED.exec(uri) ?? [];
  if (line && color && state) return { kind: 'led', line: Number(line), color, state };
  if (/^https?:\/\//.test(uri)) return { kind: 'fetch', url: uri };
  const [, scheme, rest] = /^(Dial|Key):(.+)$/.exec(uri) ?? [];
  if (scheme === 'Dial' && rest) return { kind: 'dial', number: rest };
  if (scheme === 'Key' && rest) return { kind: 'key', name: rest };
  return { kind: 'unknown' };
};

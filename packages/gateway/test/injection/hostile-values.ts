/** Pieces that mean something to a URL, SIP, XML, INI, a phone or a terminal. */
const PIECES = [
  ...['&', '=', '?', '#', '%', '%%', '%00', '%0d%0a', '%26', '%3D', '%25', '+', '/', '//', '\\', '..', '/../', '|'],
  ...['\r', '\n', '\r\n', '\r\n\r\n', '\0', '\t', '\v', '\f', '\u001b[2J', '\u007f', '\u0085', '\u2028', '\u2029'],
  ...['<', '>', '"', "'", '&amp;', '&lt;', '&#0;', '&#x0D;', '&x;', ']]>', '<![CDATA[', '<!--', '-->', '<?xml?>'],
  ...['<!DOCTYPE x [<!ENTITY x "y">]>', '</Text>', '</Title><Title>', '<br/>', '<fetch mil="1">snom://mb_exit</fetch>'],
  ...['</ExecuteItem>', '"/><ExecuteItem URI="Command:Reset', 'Command:Reset', 'Dial:900', 'Key:X', '</value>'],
  ...[';', ':', '@', ',', '*', '!', '(', ')', '~', '^', '`', '$', '{', '}', '[', ']', '[Section]', 'x=y', '; x=y'],
  ...['\r\nEvent: check-sync;reboot=true', '\nRoute: <sip:127.0.0.1>', ' SIP/2.0\r\n', ';transport=tcp', '?Replaces=x'],
  ...[
    '\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1',
    '{username}',
    '{password}',
    '$mac',
    '$cfg_all',
    '$ip',
    '$' + '{x}',
    '%s%n',
  ],
  ...[
    '&key=Reboot',
    ';Reboot',
    '&settings=save',
    '&outgoing_uri=x',
    'k=1\r\nc=on',
    'sip:',
    'sips:x@y',
    'tel:1',
    'javascript:',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\udfff',
    '\ufffe',
    '\uffff',
    '\u{1f600}',
    'é',
    'ﬀ',
    '１',
  ],
  ...['0', '4930', '+49 30', 'A', 'Reset', ' ', '  ', 'true', 'null', '-1', '0x41', 'a'.repeat(300), '&'.repeat(300)],
  ...['x'.repeat(12_000), '%'.repeat(2_000), '<'.repeat(2_000)],
];

/** One to five pieces, one after the other; at times with digits around them, as a number would have. */
export function hostileValue(random: () => number): string {
  const pick = (): string => PIECES[Math.floor(random() * PIECES.length)] ?? '';
  const count = 1 + Math.floor(random() * 5);
  const text = Array.from({ length: count }, pick).join('');
  return random() < 0.4 ? `49${text}30` : text;
}

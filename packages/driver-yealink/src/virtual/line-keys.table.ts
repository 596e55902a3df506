/** What a line key does when it is pressed. */
export type LineKeyAction =
  | 'nothing'
  | 'conference'
  | 'forward'
  | 'transfer'
  | 'hold'
  | 'dnd'
  | 'sendDigits'
  | 'dialValue'
  | 'voiceMail'
  | 'line'
  | 'requestUrl'
  | 'browseUrl';

/**
 * `linekey.X.type` codes (tancredi and wazo templates) that a virtual phone acts on. The others are stored and do
 * nothing when pressed.
 */
export const LINE_KEY_TYPES: Readonly<Record<string, LineKeyAction>> = {
  '0': 'nothing',
  '1': 'conference',
  '2': 'forward',
  '3': 'transfer',
  '4': 'hold',
  '5': 'dnd',
  '11': 'sendDigits',
  '12': 'voiceMail',
  '13': 'dialValue',
  '14': 'dialValue',
  '15': 'line',
  '16': 'dialValue',
  '17': 'requestUrl',
  '27': 'browseUrl',
};

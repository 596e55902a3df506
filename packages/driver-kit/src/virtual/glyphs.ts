/** Dots of a letter. */
export const GLYPH_WIDTH = 3;
/** Dots of a letter. */
export const GLYPH_HEIGHT = 5;

/** Five rows of three dots, each row an octal digit: `7` is a full row, `5` has a hole in the middle. */
const GLYPHS: Readonly<Record<string, string>> = {
  ' ': '00000',
  '!': '22202',
  '"': '55000',
  '#': '57575',
  '%': '51245',
  '&': '25256',
  "'": '22000',
  '(': '12221',
  ')': '42224',
  '*': '05250',
  '+': '02720',
  ',': '00024',
  '-': '00700',
  '.': '00002',
  '/': '11244',
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71317',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71122',
  '8': '75757',
  '9': '75717',
  ':': '02020',
  ';': '02024',
  '<': '12421',
  '=': '07070',
  '>': '42124',
  '?': '71202',
  '@': '75747',
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: '57755',
  N: '65555',
  O: '25552',
  P: '65644',
  Q: '25563',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: '55775',
  X: '55255',
  Y: '55222',
  Z: '71247',
  '[': '64446',
  ']': '31113',
  _: '00007',
};
const UNKNOWN = '77777';

/** The rows of a character from the top; in each the highest of three bits is the leftmost dot. Unknown ones are a block. */
export const glyphRows = (character: string): readonly number[] => {
  const plain = character.normalize('NFD').charAt(0).toUpperCase();
  return [...(GLYPHS[plain] ?? UNKNOWN)].map(Number);
};

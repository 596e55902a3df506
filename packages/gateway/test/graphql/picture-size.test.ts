import { expect, test } from 'vitest';
import { pictureSize } from '../../src/graphql/picture-size.ts';

const bmpHead = `424d${'00'.repeat(12)}28000000`;
const jpegHead = 'ffd8ffe000104a46494600010100000100010000';

test.each([
  ['PNG', '89504e470d0a1a0a0000000d49484452000001e00000010c', { widthPx: 480, heightPx: 268 }],
  ['BMP', `${bmpHead}e001000010010000`, { widthPx: 480, heightPx: 272 }],
  ['BMP whose rows run from the top', `${bmpHead}e0010000f0feffff`, { widthPx: 480, heightPx: 272 }],
  ['JPEG', `${jpegHead}ffc0001108011001e003`, { widthPx: 480, heightPx: 272 }],
  [
    'JPEG, progressive, fill bytes before the frame',
    `${jpegHead}ffdb00030affffc20011080110 01e0 03`.replaceAll(' ', ''),
    { widthPx: 480, heightPx: 272 },
  ],
])('%s', (_format, hex, size) => {
  expect(pictureSize(Buffer.from(hex, 'hex'))).toEqual(size);
});

test.each([
  ['nothing', ''],
  ['another format', '474946383961e0011001'],
  ['a PNG that is cut off', '89504e470d0a1a0a'],
  ['a BMP that is cut off', '424d0000'],
  ['a JPEG that is cut off before its frame', jpegHead],
  ['a JPEG without a frame', `${jpegHead}ffd9`],
])('%s has none', (_what, hex) => {
  expect(pictureSize(Buffer.from(hex, 'hex'))).toBeNull();
});

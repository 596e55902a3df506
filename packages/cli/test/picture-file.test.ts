import { expect, test } from 'vitest';
import { endingOf, formatName, pictureFile } from '../src/picture/picture-file.ts';

const picture = (mediaType: string) => ({ mediaType, bytes: Buffer.from('BM and no more') });

test('a BMP of which no PNG can be made is not written as one', () => {
  expect(() => pictureFile(picture('image/bmp'), 'a.png')).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^Nothing is written: the BMP .* cannot be made a PNG\. It is no BMP/),
      fix: 'Name a file that ends in .bmp: it is saved as it is.',
    }),
  );
});

test('a PNG stays as it came', () => {
  const png = picture('image/png');
  expect(pictureFile(png, 'a.png')).toEqual({ bytes: png.bytes, told: 'PNG, 14 bytes' });
});

test('what only a driver of somebody else sends is named by its type', () => {
  expect([formatName('image/x-new'), endingOf('image/x-new')]).toEqual(['image/x-new', '.bin']);
  expect(pictureFile(picture('image/x-new'), 'a.new')).toMatchObject({ told: 'image/x-new, 14 bytes' });
  expect(() => pictureFile(picture('image/x-new'), 'a.png')).toThrow('the phone sent image/x-new');
});

import { decode } from 'jpeg-js';
import { expect, test } from 'vitest';
import { startOffice } from './support/office.ts';
import { sendRequest } from './support/raw-http.ts';

/** Width and height of a baseline JPEG file, from its frame header. */
const jpegSize = (file: Buffer): readonly number[] => {
  const at = file.indexOf(Buffer.from([0xff, 0xc0]));
  return [file.readUInt16BE(at + 7), file.readUInt16BE(at + 5)];
};

test('a monochrome model gives a BMP, and a JPEG for download', async () => {
  await using office = await startOffice({ model: 'T31G' });
  const picture = await office.get('/screencapture');
  expect([picture.status, picture.headers['content-type'], picture.body.toString('latin1', 0, 2)]).toEqual([
    200,
    'image/bmp',
    'BM',
  ]);
  expect([picture.body.readInt32LE(18), picture.body.readInt32LE(22)]).toEqual([132, 64]);
  const download = await office.get('/screencapture/download');
  expect([download.headers['content-type'], jpegSize(download.body)]).toEqual(['image/jpeg', [132, 64]]);
});

test('the JPEG for download shows what the BMP shows, pixel by pixel', async () => {
  await using office = await startOffice({ model: 'T31G' });
  const [width, height, header] = [132, 64, 54];
  const bmp = (await office.get('/screencapture')).body;
  const jpeg = decode((await office.get('/screencapture/download')).body, { useTArray: true });
  // The rows of a BMP go from the bottom to the top.
  const ofBmp = (x: number, y: number) => bmp.readUInt8(header + ((height - 1 - y) * width + x) * 3);
  const lit = (brightness: (x: number, y: number) => number | undefined) =>
    Array.from({ length: width * height }, (_, at) => (brightness(at % width, Math.floor(at / width)) ?? 0) > 128);
  const pixels = lit(ofBmp);
  expect(new Set(pixels).size).toBe(2);
  expect(lit((x, y) => jpeg.data[(y * width + x) * 4])).toEqual(pixels);
});

test.each(['/screencapture', '/servlet?command=screenshot', '/servlet?m=mod_action&command=screenshot'])(
  'a colour model gives a JPEG of what it shows at %s',
  async (target) => {
    await using office = await startOffice({ model: 'T54W' });
    const before = (await office.get(target)).body;
    expect([before.subarray(0, 3), before.subarray(-2), jpegSize(before)]).toEqual([
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.from([0xff, 0xd9]),
      [480, 192],
    ]);
    expect((await office.get(target)).body.equals(before)).toBe(true);
    await office.press('DNDOn');
    expect((await office.get(target)).body.equals(before)).toBe(false);
  },
);

test('it takes a login and an address that is allowed, and asks nobody', async () => {
  await using office = await startOffice({ settings: { 'features.show_action_uri_option': '1' } });
  expect((await sendRequest(office.phone.address, 'GET /screencapture')).status).toBe(401);
  expect((await office.get('/screencapture')).status).toBe(200);
  office.phone.settings.set('features.action_uri_limit_ip', '192.0.2.10');
  expect((await office.get('/screencapture')).status).toBe(403);
});

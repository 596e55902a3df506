import { readBmp } from './read-bmp.ts';
import { writePng } from './write-png.ts';

/** Makes a PNG file of a BMP file, pixel by pixel. @throws Error where it is none, or one of a rare kind */
export function bmpToPng(bmp: Buffer): Buffer {
  return writePng(readBmp(bmp));
}

import { extname } from 'node:path';
import { Fault } from '../fault.ts';
import { bmpToPng } from './bmp-to-png.ts';

interface Format {
  readonly name: string;
  /** Endings of its files; the first is the usual one. */
  readonly endings: readonly [string, ...string[]];
  /** Makes a PNG of it; null: that is not offered. */
  readonly toPng: ((picture: Buffer) => Buffer) | null;
}

const BMP: Format = { name: 'BMP', endings: ['.bmp', '.dib'], toPng: bmpToPng };

/** What phones send. */
const FORMATS: Readonly<Record<string, Format>> = {
  'image/bmp': BMP,
  'image/x-ms-bmp': BMP,
  'image/png': { name: 'PNG', endings: ['.png'], toPng: null },
  'image/jpeg': { name: 'JPEG', endings: ['.jpg', '.jpeg'], toPng: null },
  'image/gif': { name: 'GIF', endings: ['.gif'], toPng: null },
};

/** Endings by which a program takes a file for a picture of a certain format, be it one that phones send or not. */
const ENDINGS_OF_PICTURES: readonly string[] = [
  ...Object.values(FORMATS).flatMap(({ endings }) => endings),
  ...['.webp', '.avif', '.tif', '.tiff', '.svg', '.pdf'],
];

/** A picture of a display, as a phone sent it. */
export interface ScreenPicture {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What is written into a file. */
export interface PictureFile {
  readonly bytes: Buffer;
  /** What it is, for people. */
  readonly told: string;
}

/** How the format of a picture is called. */
export function formatName(mediaType: string): string {
  return FORMATS[mediaType]?.name ?? mediaType;
}

/** The usual ending of its files. */
export function endingOf(mediaType: string): string {
  return FORMATS[mediaType]?.endings[0] ?? '.bin';
}

/**
 * A picture as a file of that name should hold it: what is called .png is a PNG, and no file has the ending of another
 * format. A name whose ending says nothing of a format takes it as it is.
 * @throws Fault where the picture is of another format than the name says, and no PNG can be made of it
 */
export function pictureFile({ mediaType, bytes }: ScreenPicture, file: string): PictureFile {
  const format = FORMATS[mediaType];
  const sent = formatName(mediaType);
  const ending = extname(file).toLowerCase();
  const fitting = [endingOf(mediaType), ...(format?.toPng == null ? [] : ['.png'])];
  if (format?.endings.includes(ending) === true || !ENDINGS_OF_PICTURES.includes(ending))
    return { bytes, told: `${sent}, ${bytes.length} bytes` };
  if (ending !== '.png' || format?.toPng == null)
    throw new Fault(
      `Nothing is written: ${file} is called ${ending}, and the phone sent ${sent}.`,
      `Name a file that ends in ${fitting.join(' or ')}.`,
    );
  const png = convert(format.toPng, { mediaType, bytes });
  return { bytes: png, told: `PNG, ${png.length} bytes (the phone sent ${sent}, which was converted)` };
}

function convert(toPng: NonNullable<Format['toPng']>, { mediaType, bytes }: ScreenPicture): Buffer {
  try {
    return toPng(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(
      `Nothing is written: the ${formatName(mediaType)} that the phone sent cannot be made a PNG. ${why}`,
      `Name a file that ends in ${endingOf(mediaType)}: it is saved as it is.`,
    );
  }
}

/** A picture's size in pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Reads the size out of a picture's first bytes: BMP (BITMAPINFOHEADER: width at 18, height at 22, negative where the
 * rows run from the top), PNG (IHDR: 16 and 20).
 * @returns null for another format.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 26 && view.getUint16(0) === 0x424d) {
    return { widthPx: view.getInt32(18, true), heightPx: Math.abs(view.getInt32(22, true)) };
  }
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  }
  return null;
}

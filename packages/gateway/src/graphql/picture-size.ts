/** A picture's size in pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Reads the size out of a picture's first bytes: PNG (IHDR), BMP (BITMAPINFOHEADER) or JPEG (its frame header).
 * @returns null for another format, or where the bytes are cut off before it.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength >= 24 && view.getUint32(0) === 0x89504e47) {
    return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  }
  if (view.byteLength >= 26 && view.getUint16(0) === 0x424d) {
    // The height is negative where the rows run from the top.
    return { widthPx: view.getInt32(18, true), heightPx: Math.abs(view.getInt32(22, true)) };
  }
  return view.byteLength >= 4 && view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
}

/** Walks from segment to segment: a marker, then the segment's length; the frame header (SOF) holds the size. */
function jpegSize(view: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (isFrameHeader(marker)) return { widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

// SOF0 to SOF15; three of those numbers mean something else (DHT, JPG, DAC). ITU-T T.81, table B.1.
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

export type ImageSize = { type: "png" | "jpg"; width: number; height: number };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Segments of a JPEG that hold its size: SOF0 to SOF15, without the tables of Huffman and arithmetic coding and without JPG. */
const NO_SIZE = new Set([0xc4, 0xc8, 0xcc]);

/**
 * Kind and pixels of a PNG (its IHDR, PNG specification 11.2.2) or a JPEG (its first frame header, ITU-T T.81 B.2.2), read
 * from the bytes themselves; null when they are neither, or broken off before the size.
 */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const size = isPng(bytes) ? pngSize(bytes) : jpegSize(bytes);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, at) => bytes[at] === byte);
}

function pngSize(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // "IHDR"
  if (view.getUint32(12) !== 0x49484452) return null;
  return { type: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

function jpegSize(bytes: Uint8Array): ImageSize | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      // Filling between segments.
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_SIZE.has(marker)) {
      return { type: "jpg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

import type { PDFDocument, PDFImage } from "pdf-lib";

export type EmbeddedLogo = { image: PDFImage | null; isUnreadable: boolean };

const NONE: EmbeddedLogo = { image: null, isUnreadable: false };
const UNREADABLE: EmbeddedLogo = { image: null, isUnreadable: true };
/** A PNG is unpacked to four bytes a pixel, and a Worker has 128 MB. */
const MAX_PIXELS = 4_000_000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_WIDTH_AT = 16;
const JPEG = [0xff, 0xd8, 0xff];

/** A logo as part of the document. One that is broken is left out and told: a report must not fail for its logo. */
export async function embedLogo(document: PDFDocument, bytes: Uint8Array | null): Promise<EmbeddedLogo> {
  if (bytes === null) return NONE;
  try {
    if (startsWith(bytes, PNG) && pngPixels(bytes) <= MAX_PIXELS) {
      return { image: await document.embedPng(bytes), isUnreadable: false };
    }
    if (startsWith(bytes, JPEG)) return { image: await document.embedJpg(bytes), isUnreadable: false };
  } catch {
    return UNREADABLE;
  }
  return UNREADABLE;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The first chunk of a PNG is its header: width and height, four bytes each. */
function pngPixels(bytes: Uint8Array): number {
  if (bytes.length < PNG_WIDTH_AT + 8) return Number.POSITIVE_INFINITY;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(PNG_WIDTH_AT) * view.getUint32(PNG_WIDTH_AT + 4);
}

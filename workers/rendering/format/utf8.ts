const ENCODER = new TextEncoder();

/** A text's bytes, in a buffer of their own: the Workers' types leave open that it might be a shared one. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(text) as Uint8Array<ArrayBuffer>;
}

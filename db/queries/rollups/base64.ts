/** Bytes of base64 text, line breaks or not. Throws on text that is none. */
export function bytesOfBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // A loop: a large site's page of sketches has millions of bytes, and a call for each would be felt.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Base64 text of bytes. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call takes some ten thousand arguments at most.
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

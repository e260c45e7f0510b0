/**
 * The body as text, or null as soon as it is larger than this. Bytes are counted as they come: `Content-Length` is
 * a claim of the sender's.
 */
export async function readBoundedBody(request: Request, maxBytes: number): Promise<string | null> {
  if (request.body === null) return "";
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream comes one chunk after the other
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

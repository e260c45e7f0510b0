const LOCAL_HEADER = 0x04_03_4b_50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;

/**
 * The files of an archive, in its order, by their path. For archives whose headers say how long each file is, as those of
 * our own library do: not for any file that someone sends.
 */
export async function readZip(
  archive: Uint8Array<ArrayBuffer>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = 0;
  while (view.getUint32(at, true) === LOCAL_HEADER) {
    const method = view.getUint16(at + 8, true);
    const packedSize = view.getUint32(at + 18, true);
    const pathStart = at + LOCAL_HEADER_BYTES;
    const start = pathStart + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(
      archive.subarray(pathStart, pathStart + view.getUint16(at + 26, true)),
    );
    const packed = archive.slice(start, start + packedSize);
    files.set(path, method === STORED ? packed : await inflate(packed));
    at = start + packedSize;
  }
  return files;
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

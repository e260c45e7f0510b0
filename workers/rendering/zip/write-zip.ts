import { crc32 } from "./crc-32.ts";

/** A file of an archive. What comes in pieces is whole in memory only in its packed form. */
export type ZipEntry = { path: string; content: Iterable<Uint8Array<ArrayBuffer>> };

type PackedEntry = { path: Uint8Array; crc: number; size: number; packed: Uint8Array[]; packedSize: number };

const LOCAL_HEADER = 0x04_03_4b_50;
const CENTRAL_HEADER = 0x02_01_4b_50;
const END_OF_DIRECTORY = 0x06_05_4b_50;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const VERSION_2_0 = 20;
const NAMES_ARE_UTF8 = 0x08_00;
const DEFLATED = 8;
/** 1 January 1980, the first day ZIP knows: the same content is the same file, whenever it is packed. */
const FIXED_DAY = 0x00_21;

/**
 * An archive of deflated files, in the order given, which is also the order in which they are asked for their pieces.
 * Sizes stand in front of each file, for readers that do not look at the directory at the end.
 */
export async function writeZip(entries: Iterable<ZipEntry>): Promise<Uint8Array<ArrayBuffer>> {
  const packed: PackedEntry[] = [];
  for (const entry of entries) packed.push(await pack(entry));

  const headers = packed.map((entry) => localHeader(entry));
  const local = packed.reduce(
    (sum, { packedSize }, index) => sum + (headers[index]?.length ?? 0) + packedSize,
    0,
  );
  const directory = packed.reduce((sum, { path }) => sum + CENTRAL_HEADER_BYTES + path.length, 0);
  const archive = new Uint8Array(local + directory + END_BYTES);
  const offsets: number[] = [];
  let at = 0;
  const append = (bytes: Uint8Array): void => {
    archive.set(bytes, at);
    at += bytes.length;
  };
  for (const [index, entry] of packed.entries()) {
    offsets.push(at);
    append(headers[index] ?? new Uint8Array());
    for (const piece of entry.packed) append(piece);
  }
  for (const [index, entry] of packed.entries()) append(centralHeader(entry, offsets[index] ?? 0));
  append(endOfDirectory({ count: packed.length, directory, offset: local }));
  return archive;
}

async function pack({ path, content }: ZipEntry): Promise<PackedEntry> {
  const stream = new CompressionStream("deflate-raw");
  let crc = 0;
  let size = 0;
  const feed = async (): Promise<void> => {
    const writer = stream.writable.getWriter();
    for (const piece of content) {
      crc = crc32(piece, crc);
      size += piece.length;
      await writer.write(piece);
    }
    await writer.close();
  };
  const [packed] = await Promise.all([collect(stream.readable), feed()]);
  const packedSize = packed.reduce((sum, piece) => sum + piece.length, 0);
  return { path: new TextEncoder().encode(path), crc, size, packed, packedSize };
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
  }
}

function localHeader(entry: PackedEntry): Uint8Array {
  const bytes = new Uint8Array(LOCAL_HEADER_BYTES + entry.path.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LOCAL_HEADER, true);
  writeFacts(view, 4, entry);
  bytes.set(entry.path, LOCAL_HEADER_BYTES);
  return bytes;
}

function centralHeader(entry: PackedEntry, offset: number): Uint8Array {
  const bytes = new Uint8Array(CENTRAL_HEADER_BYTES + entry.path.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, CENTRAL_HEADER, true);
  view.setUint16(4, VERSION_2_0, true);
  writeFacts(view, 6, entry);
  view.setUint32(42, offset, true);
  bytes.set(entry.path, CENTRAL_HEADER_BYTES);
  return bytes;
}

/** What both headers of a file say, in the same order. */
function writeFacts(view: DataView, at: number, { path, crc, size, packedSize }: PackedEntry): void {
  view.setUint16(at, VERSION_2_0, true);
  view.setUint16(at + 2, NAMES_ARE_UTF8, true);
  view.setUint16(at + 4, DEFLATED, true);
  view.setUint16(at + 8, FIXED_DAY, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, packedSize, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, path.length, true);
}

function endOfDirectory(facts: { count: number; directory: number; offset: number }): Uint8Array {
  const bytes = new Uint8Array(END_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END_OF_DIRECTORY, true);
  view.setUint16(8, facts.count, true);
  view.setUint16(10, facts.count, true);
  view.setUint32(12, facts.directory, true);
  view.setUint32(16, facts.offset, true);
  return bytes;
}

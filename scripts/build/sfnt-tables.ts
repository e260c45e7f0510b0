/** Reads and writes the table directory of a TrueType font: enough to drop tables and to replace one. */
export type SfntTables = Map<string, Uint8Array>;

const HEADER_BYTES = 12;
const RECORD_BYTES = 16;
const MAGIC_CHECKSUM = 0xb1b0afba;
const CHECKSUM_ADJUSTMENT_OFFSET = 8;

export function readSfntTables(font: Uint8Array): SfntTables {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables: SfntTables = new Map();
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const record = HEADER_BYTES + index * RECORD_BYTES;
    const tag = String.fromCharCode(...font.subarray(record, record + 4));
    const offset = view.getUint32(record + 8);
    tables.set(tag, font.slice(offset, offset + view.getUint32(record + 12)));
  }
  return tables;
}

/** The font as bytes, its directory sorted and its checksums right. */
export function writeSfntTables(tables: SfntTables): Uint8Array {
  const sorted = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  clearChecksumAdjustment(tables);

  const size = sorted.reduce((sum, [, bytes]) => sum + padded(bytes.length), directoryBytes(sorted.length));
  const font = new Uint8Array(size);
  const view = new DataView(font.buffer);
  writeHeader(view, sorted.length);

  let offset = directoryBytes(sorted.length);
  let head = 0;
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const record = HEADER_BYTES + index * RECORD_BYTES;
    for (let at = 0; at < 4; at += 1) font[record + at] = tag.charCodeAt(at);
    font.set(bytes, offset);
    view.setUint32(record + 4, checksum(font, offset, bytes.length));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, bytes.length);
    if (tag === "head") head = offset;
    offset += padded(bytes.length);
  }
  view.setUint32(head + CHECKSUM_ADJUSTMENT_OFFSET, (MAGIC_CHECKSUM - checksum(font, 0, size)) >>> 0);
  return font;
}

function clearChecksumAdjustment(tables: SfntTables): void {
  const head = tables.get("head");
  if (head === undefined) throw new Error("Cannot write a font without a head table");
  head.fill(0, CHECKSUM_ADJUSTMENT_OFFSET, CHECKSUM_ADJUSTMENT_OFFSET + 4);
}

function directoryBytes(count: number): number {
  return HEADER_BYTES + count * RECORD_BYTES;
}

function writeHeader(view: DataView, count: number): void {
  const exponent = Math.floor(Math.log2(count));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, count);
  view.setUint16(6, 2 ** exponent * RECORD_BYTES);
  view.setUint16(8, exponent);
  view.setUint16(10, count * RECORD_BYTES - 2 ** exponent * RECORD_BYTES);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function checksum(bytes: Uint8Array, from: number, length: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let sum = 0;
  for (let at = from; at < from + padded(length); at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

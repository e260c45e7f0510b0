import { crc32, inflateRawSync } from "node:zlib";

import { expect } from "vitest";

const CENTRAL_HEADER = 0x02_01_4b_50;
const END_OF_DIRECTORY = 0x06_05_4b_50;

/** The files of an archive by their path, read from the directory at its end as most programs do, each one checked. */
export function readZip(archive: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(END_OF_DIRECTORY);
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    expect(bytes.readUInt32LE(at)).toBe(CENTRAL_HEADER);
    const nameLength = bytes.readUInt16LE(at + 28);
    const path = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const file = inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20)));
    expect(file.length).toBe(bytes.readUInt32LE(at + 24));
    expect(crc32(file)).toBe(bytes.readUInt32LE(at + 16));
    expect(files.has(path)).toBe(false);
    files.set(path, file);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  expect(at).toBe(end);
  return files;
}

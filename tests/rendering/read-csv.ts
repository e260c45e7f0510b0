import { expect } from "vitest";

/** An independent reader after RFC 4180. */
export function readCsv(bytes: Uint8Array): string[][] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  expect(text.startsWith("\uFEFF")).toBe(true);
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  for (const [, raw = "", end] of text.slice(1).matchAll(cell)) {
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

/** The same with each line as an object. */
export function readCsvRecords(bytes: Uint8Array): Record<string, string>[] {
  const [header = [], ...rows] = readCsv(bytes);
  return rows.map((row) => {
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]));
  });
}

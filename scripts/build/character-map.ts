const HEADER_BYTES = 12;
const FORMAT_12_HEADER_BYTES = 16;
const GROUP_BYTES = 12;

type Group = { first: number; last: number; glyphId: number };

/** A `cmap` table of one format 12 subtable: code point → glyph id. */
export function buildCharacterMap(glyphIds: ReadonlyMap<number, number>): Uint8Array {
  const groups = groupRuns([...glyphIds].toSorted(([a], [b]) => a - b));
  const length = FORMAT_12_HEADER_BYTES + groups.length * GROUP_BYTES;
  const table = new Uint8Array(HEADER_BYTES + length);
  const view = new DataView(table.buffer);
  view.setUint16(2, 1); // one encoding record:
  view.setUint16(4, 3); // Windows,
  view.setUint16(6, 10); // full Unicode
  view.setUint32(8, HEADER_BYTES);
  view.setUint16(HEADER_BYTES, 12);
  view.setUint32(HEADER_BYTES + 4, length);
  view.setUint32(HEADER_BYTES + 12, groups.length);
  for (const [index, group] of groups.entries()) {
    const at = HEADER_BYTES + FORMAT_12_HEADER_BYTES + index * GROUP_BYTES;
    view.setUint32(at, group.first);
    view.setUint32(at + 4, group.last);
    view.setUint32(at + 8, group.glyphId);
  }
  return table;
}

function groupRuns(sorted: readonly (readonly [number, number])[]): Group[] {
  const groups: Group[] = [];
  for (const [codePoint, glyphId] of sorted) {
    const run = groups.at(-1);
    if (run !== undefined && codePoint === run.last + 1 && glyphId === run.glyphId + codePoint - run.first) {
      run.last = codePoint;
    } else {
      groups.push({ first: codePoint, last: codePoint, glyphId });
    }
  }
  return groups;
}

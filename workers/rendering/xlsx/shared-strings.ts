import { utf8 } from "#rendering/format/utf8.ts";

import { xmlText } from "./xml-text.ts";

const NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PIECE_CHARACTERS = 64 * 1024;

/** The texts of a workbook, each of them once. Texts inside the cells would be simpler, but not every viewer shows those. */
export type SharedStrings = {
  /** Its number, which a cell holds in its place. */
  add(text: string): number;
  /** The part of the workbook that holds them all; to be asked for after the last `add`. */
  pieces(): Generator<Uint8Array<ArrayBuffer>>;
};

export function sharedStrings(): SharedStrings {
  const numbers = new Map<string, number>();
  return {
    add(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    *pieces() {
      let xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="${NAMESPACE}" uniqueCount="${numbers.size}">`;
      for (const text of numbers.keys()) {
        xml += `<si><t xml:space="preserve">${xmlText(text)}</t></si>`;
        if (xml.length < PIECE_CHARACTERS) continue;
        yield utf8(xml);
        xml = "";
      }
      yield utf8(`${xml}</sst>`);
    },
  };
}

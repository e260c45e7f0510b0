/** One line of a ChannelAttribution path file: journeys that took the same way. */
export type PathLine = {
  /** 1-based line of the file, the header being line 1. */
  line: number;
  text: string;
  touches: string[];
  conversions: number;
  /** The conversions' value together, as it is written. */
  value: string;
  nulls: number;
};

const HEADER = ["path", "total_conversions", "total_conversion_value", "total_null"];

/** Parses `path,total_conversions,total_conversion_value,total_null`. Throws with the line of the first bad row. */
export function parsePathFile(text: string): PathLine[] {
  const lines = text.split(/\r?\n/);
  const header = splitCsvLine(lines[0] ?? "");
  if (HEADER.some((name, i) => header[i] !== name)) {
    throw new Error(`Line 1: expected the columns ${HEADER.join(", ")}`);
  }
  return lines.flatMap((line, i) => (i === 0 || line.trim() === "" ? [] : [parseLine(line, i + 1)]));
}

function parseLine(text: string, line: number): PathLine {
  const [path = "", conversions = "", value = "", nulls = ""] = splitCsvLine(text);
  const touches = path.split(" > ").map((token) => token.trim());
  if (touches.some((token) => token === "")) throw new Error(`Line ${line}: the path has an empty touch`);
  return {
    line,
    text,
    touches,
    conversions: wholeNumber(conversions, line),
    value: decimal(value, line),
    nulls: wholeNumber(nulls, line),
  };
}

function splitCsvLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );
}

function wholeNumber(text: string, line: number): number {
  if (!/^\d+$/.test(text)) throw new Error(`Line ${line}: "${text}" is no whole number`);
  return Number(text);
}

function decimal(text: string, line: number): string {
  const number = Number(text);
  if (text === "" || !Number.isFinite(number) || number < 0)
    throw new Error(`Line ${line}: "${text}" is no value`);
  return number.toFixed(12);
}
